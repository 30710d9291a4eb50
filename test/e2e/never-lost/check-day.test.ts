// What the minute after an outage may lack.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';
import { film, walkPast } from '../../support/walk-past.ts';
import { checkMinutes, type Rollup } from './check-day.ts';
import { PERIOD_MS } from './day.ts';
import { undisturbed } from './undisturbed.ts';

const MINUTE_MS = 60_000;
const OUTAGES = [{ from: 0, to: MINUTE_MS }];

it('may lack who was gone after its first frame', () => {
  const { expected, got } = minutes(MINUTE_MS + 1);
  expect([expected[1]?.present, got[1]?.present]).toEqual([1, 0]);
  expect(checkMinutes(got, expected, OUTAGES)).toBe(1);
});

it('holds who stayed for two', () => {
  const { expected, got } = minutes(MINUTE_MS + PERIOD_MS + 1);
  expect([expected[1]?.present, got[1]?.present]).toEqual([1, 1]);
  expect(checkMinutes(got, expected, OUTAGES)).toBe(1);
});

it('may not lack more', () => {
  const { expected } = minutes(MINUTE_MS + PERIOD_MS + 1);
  const { got } = minutes(MINUTE_MS + 1);
  expect(() => checkMinutes(got, expected, OUTAGES)).toThrow(/expected 6 to be close to 3/);
});

/** Somebody is there until then (not including it), and the only daemon begins with the second minute. */
function minutes(until: number): Readonly<{ expected: readonly Rollup[]; got: readonly Rollup[] }> {
  const somebody = walkPast({ from: 0, until, looksAt: [0, until], track: 1, x: 100 });
  const observations = film([somebody], { from: 0, until: 3 * MINUTE_MS, periodMs: PERIOD_MS });
  const told = (from: number) =>
    undisturbed(
      observations.filter(({ at }) => at >= from),
      join(tempFolder(), `${from}.sqlite`),
    ).filter(({ period, partial }) => period === '1m' && !partial);
  const expected = told(0);
  const [first] = expected;
  if (first === undefined) throw new Error('there is no first minute');
  const lost = {
    partial: true,
    uptimeSeconds: 0,
    personSeconds: null,
    attentionSeconds: null,
    present: null,
    cells: null,
  };
  return { expected, got: [{ ...first, ...lost }, ...told(MINUTE_MS)] };
}
