// What is refused is counted each time and told once an hour.
import { expect, it } from 'vitest';
import { Refusals } from '../../src/mqtt/refusals.ts';
import { manualClock } from '../support/manual-clock.ts';

it('tells each kind at once, and again after an hour with how many there were', () => {
  const { clock, told, refusals, refuse } = rigRefusals();
  for (let count = 0; count < 100; count += 1) refuse('play', 'not JSON');
  refuse('replay', 'not JSON');
  refuse('play', 'too large');
  expect(told).toMatchObject([
    { topic: 'play', kind: 'not JSON', reason: 'because', before: 0 },
    { topic: 'replay', kind: 'not JSON' },
    { topic: 'play', kind: 'too large' },
  ]);
  clock.advance(3_599_999);
  refuse('play', 'not JSON');
  expect(told).toHaveLength(3);
  clock.advance(1);
  refuse('play', 'not JSON');
  expect(told[3]).toMatchObject({ topic: 'play', kind: 'not JSON', before: 100 });
  expect(refusals.count).toBe(104);
});

it('tells each reason of a kind, but no more of them in an hour than are of use', () => {
  const { clock, told, refuse } = rigRefusals();
  for (const reason of ['no content', 'no playId', 'no content']) refuse('play', 'not as the contract says', reason);
  expect(told).toMatchObject([{ reason: 'no content' }, { reason: 'no playId' }]);
  for (let count = 0; count < 1000; count += 1) refuse('play', 'not as the contract says', `nonsense ${count}`);
  expect(told).toHaveLength(8);
  refuse('replay', 'not as the contract says', 'no period');
  expect(told).toHaveLength(9);
  clock.advance(3_600_000);
  refuse('play', 'not as the contract says', 'no content');
  expect(told.at(-1)).toMatchObject({ reason: 'no content', before: 994 });
});

function rigRefusals() {
  const clock = manualClock();
  const told: unknown[] = [];
  const log = (fields: unknown) => told.push(fields);
  const refusals = new Refusals(clock, { info: log, warn: log });
  const refuse = (topic: string, kind: string, reason = 'because') => refusals.refuse({ topic, kind, reason });
  return { clock, told, refusals, refuse };
}
