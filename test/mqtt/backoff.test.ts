// The pauses between attempts grow, end, and differ from device to device.
import { expect, it } from 'vitest';
import { backoffMs } from '../../src/mqtt/backoff.ts';

it('grows from 1 s to 30 s', () => {
  expect([0, 1, 2, 3, 4, 5, 1000].map((failures) => backoffMs(failures, 0.5))).toEqual([
    1000, 2000, 5000, 10_000, 30_000, 30_000, 30_000,
  ]);
});

it('varies by a fifth', () => {
  expect([0, 1].map((random) => backoffMs(4, random))).toEqual([24_000, 36_000]);
});
