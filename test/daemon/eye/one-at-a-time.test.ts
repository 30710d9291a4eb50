// What cannot be ended is left alone, and nothing is started beside it.
import { expect, it } from 'vitest';
import { oneAtATime } from '../../../src/daemon/eye/one-at-a-time.ts';
import { manualClock } from '../../support/manual-clock.ts';

it('starts no pair beside one that cannot be ended, says so, and goes on when it is gone', () => {
  const { attempt, clock, pairs, lost } = rig();
  attempt();
  attempt();
  clock.advance(10_000);
  attempt();
  clock.advance(0);
  expect(pairs).toHaveLength(1);
  expect(lost).toEqual([
    'hung: the programs of the last attempt are still ending',
    expect.stringMatching(/^hung: .*cannot be ended; unplug the camera/),
  ]);
  pairs[0]?.end();
  attempt();
  clock.advance(0);
  expect(pairs).toHaveLength(2);
  expect(lost).toHaveLength(2);
});

function rig() {
  const clock = manualClock();
  const pairs: { end(): void }[] = [];
  const lost: string[] = [];
  const startPair = oneAtATime(clock)(() => {
    const pair = { hasEnded: false, acknowledge: () => undefined, processes: () => [], stop: async () => undefined };
    pairs.push({
      end: () => {
        pair.hasEnded = true;
      },
    });
    return pair;
  });
  const attempt = () =>
    startPair({ message: () => undefined, lost: (fault, detail) => lost.push(`${fault}: ${detail}`) });
  return { attempt, clock, pairs, lost };
}
