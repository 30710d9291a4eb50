// Tests how long something counts as seen.
import { expect, it } from 'vitest';
import { type Lasting, lastedMs, lasting } from '../../../src/sensor/health/lasting.ts';

it('lasts from the first to the last time it was seen, and is over with the first absence', () => {
  expect(lastedMs(null)).toBe(0);
  const seen = after([100, 200, 700], 0);
  expect([seen, lastedMs(seen)]).toEqual([{ since: 100, seenAt: 700 }, 600]);
  expect(lasting(seen, false, 800)).toBeNull();
  expect(lasting(null, false, 800)).toBeNull();
});

it('survives an absence that is forgiven, which adds nothing to it', () => {
  const seen = after([100, 700], 500);
  expect(lastedMs(lasting(seen, false, 1199, 500))).toBe(600);
  expect(lasting(seen, false, 1200, 500)).toBeNull();
  expect(lastedMs(lasting(lasting(seen, false, 1199, 500), true, 1300, 500))).toBe(1200);
});

function after(times: readonly number[], forgivenMs: number): Lasting {
  return times.reduce<Lasting>((before, at) => lasting(before, true, at, forgivenMs), null);
}
