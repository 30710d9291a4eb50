// The times that follow from the period of the source.
import { expect, it } from 'vitest';
import { timingOf } from '../../src/audience/options.ts';

it.each([
  [100, 500, 1000, 1000],
  [250, 625, 1000, 1000],
  [2000, 5000, 5000, 5000],
])('a frame every %i ms: interval %i, gap %i, lag %i ms', (periodMs, maxIntervalMs, maxGapMs, lagMs) => {
  expect(timingOf({ periodMs, zoomCheck: false }, 1000)).toMatchObject({ maxIntervalMs, maxGapMs, lagMs });
});

it('a short gap leaves the lag long enough for a confirmation', () => {
  expect(timingOf({ periodMs: 100, zoomCheck: false }, 250)).toMatchObject({ maxGapMs: 250, lagMs: 400 });
});
