// How long the eye waits before it tries a camera again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from '../../../src/daemon/eye/backoff.ts';

it('grows from a second to a minute and stays there', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => backoffMs(attempt, 0.5));
  expect(delays).toEqual([1000, 2000, 5000, 10_000, 30_000, 60_000, 60_000, 60_000]);
});

it('strays by a fifth at most, so that a fleet does not move in step', () => {
  expect([backoffMs(0, 0), backoffMs(0, 1)]).toEqual([800, 1200]);
  fc.assert(
    fc.property(fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const middle = backoffMs(attempt, 0.5);
      expect(Math.abs(backoffMs(attempt, random) - middle)).toBeLessThanOrEqual(0.2 * middle);
    }),
  );
});
