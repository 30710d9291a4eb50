// A beat is a whole number of milliseconds, and three of them never take longer than a state is believed.
import { expect, it } from 'vitest';
import { beatMs } from '../../src/daemon/beat.ts';

it.each([
  [6000, 2000],
  [5000, 1666],
])('a time to live of %d ms has a beat every %d ms', (ttlMs, beat) => {
  expect(beatMs(ttlMs)).toBe(beat);
});
