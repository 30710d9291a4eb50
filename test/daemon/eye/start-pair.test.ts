// A pair that cannot begin is lost like any other: later, with a reason, and not once it is stopped.
import { expect, it } from 'vitest';
import { lostPair, startPair } from '../../../src/daemon/eye/start-pair.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { CAMERA } from './fake-pair.ts';

it('a sensor that the system does not start ends nothing', () => {
  const { clock, lost, listener } = rig();
  const pair = startPair(CAMERA, 'x'.repeat(200_000), clock, listener);
  expect(lost).toEqual([]);
  clock.advance(0);
  expect(lost).toEqual(['sensor: sensor spawn E2BIG']);
  expect([pair.hasEnded, pair.processes()]).toEqual([true, []]);
});

it('says nothing any more once it is stopped', async () => {
  const { clock, lost, listener } = rig();
  await lostPair(listener, 'hung', 'why', clock).stop();
  clock.advance(1000);
  expect(lost).toEqual([]);
});

function rig() {
  const lost: string[] = [];
  const listener = {
    message: () => undefined,
    lost: (fault: string, detail: string) => {
      lost.push(`${fault}: ${detail}`);
    },
  };
  return { clock: manualClock(), lost, listener };
}
