// What is refused is counted each time and told once an hour.
import { expect, it } from 'vitest';
import { Refusals } from '../../src/mqtt/refusals.ts';
import { manualClock } from '../support/manual-clock.ts';

it('tells each kind at once, and again after an hour with how many there were', () => {
  const clock = manualClock();
  const told: unknown[] = [];
  const log = (fields: unknown) => told.push(fields);
  const refusals = new Refusals(clock, { info: log, warn: log });
  const refuse = (topic: string, kind: string) => refusals.refuse({ topic, kind, reason: 'because' });
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
