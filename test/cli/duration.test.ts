// Checks which words are durations.
import { expect, it } from 'vitest';
import { durationMs } from '../../src/cli/duration.ts';

it.each([
  ['30s', 30_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  ['7d', 604_800_000],
  ['0s', null],
  ['5', null],
  ['-1h', null],
  ['1 h', null],
  ['1w', null],
])('%s is %s', (text, milliseconds) => {
  expect(durationMs(text)).toBe(milliseconds);
});
