// What the minutes of a longer period add up to, above all who was there: counted from the visits themselves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longerSpans, sumMinutes, utcDay } from '../../src/audience/longer-periods.ts';
import { type PeriodPart, type Rollup, sumParts } from '../../src/audience/rollup.ts';
import { measure } from '../support/measure-audience.ts';
import { film, headerOf, type Person, walkPast } from '../support/walk-past.ts';

const NOON = headerOf().wallAtZero;
const MINUTE_MS = 60_000;
const QUARTER = { period: '15m', from: NOON + 15 * MINUTE_MS, to: NOON + 30 * MINUTE_MS, offsetMs: 0 } as const;

const visit = fc.record({
  from: fc.integer({ min: 13 * 600, max: 32 * 600 }).map((tenths) => tenths * 100),
  lengthMs: fc.integer({ min: 20, max: 900 }).map((tenths) => tenths * 100),
});

it('counts as present who was there at some moment of it, each once', () => {
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 6 }), (visits) => {
      const people = visits.map(({ from, lengthMs }, index) =>
        walkPast({ from, until: from + lengthMs, track: index + 1 }),
      );
      const { parts } = measure(film(people, { from: 13 * MINUTE_MS, until: 35 * MINUTE_MS, periodMs: 500 }), {
        periodMs: 500,
      });
      const { audience, uptimeMs, partial } = sumMinutes(QUARTER, minutesOf(parts));
      expect(audience?.present).toBe(people.filter(isThere).length);
      expect(audience?.personMs).toBe(people.reduce((sum, person) => sum + timeIn(person), 0));
      expect([uptimeMs, partial]).toEqual([15 * MINUTE_MS, false]);
    }),
    { numRuns: 25 },
  );
});

describe('a sum', () => {
  const quarter = Array.from({ length: 15 }, (_, index) => minute(15 + index, { present: 3, entered: 2 }));

  it('of all minutes is whole, of fewer partial', () => {
    expect(sumMinutes(QUARTER, quarter)).toMatchObject({ partial: false, revision: 0, uptimeMs: 15 * MINUTE_MS });
    expect(sumMinutes(QUARTER, quarter.slice(1))).toMatchObject({ partial: true, uptimeMs: 14 * MINUTE_MS });
    const broken = quarter.with(3, { ...minute(18, { present: 3, entered: 2 }), partial: true });
    expect(sumMinutes(QUARTER, broken).partial).toBe(true);
  });

  it('of none is of nulls', () => {
    expect(sumMinutes(QUARTER, [])).toEqual({ ...QUARTER, revision: 0, partial: true, uptimeMs: 0, audience: null });
  });

  it('counts those again who were there before a minute that is missing or of nulls', () => {
    const present = (minutes: readonly Rollup[]) => sumMinutes(QUARTER, minutes).audience?.present;
    expect(present(quarter)).toBe(1 + 15 * 2);
    expect(present(quarter.toSpliced(5, 1))).toBe(1 + 14 * 2 + 1);
    expect(present(quarter.with(5, { ...minute(20, {}), uptimeMs: 0, audience: null }))).toBe(1 + 14 * 2 + 1);
  });
});

it('has quarters and hours of UTC, and the days of the calendar', () => {
  const calendar = (at: number) => ({ from: at - 1, to: at + 1, offsetMs: 7 });
  const at = Date.UTC(2026, 0, 5, 12, 44, 59);
  expect(longerSpans(at, calendar)).toEqual([
    { period: '15m', from: Date.UTC(2026, 0, 5, 12, 30), to: Date.UTC(2026, 0, 5, 12, 45), offsetMs: 0 },
    { period: '1h', from: Date.UTC(2026, 0, 5, 12), to: Date.UTC(2026, 0, 5, 13), offsetMs: 0 },
    { period: '1d', from: at - 1, to: at + 1, offsetMs: 7 },
  ]);
  expect(utcDay(at)).toEqual({ from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 6), offsetMs: 0 });
});

function isThere(person: Person): boolean {
  return timeIn(person) > 0;
}

/** Of the quarter; the detector sees nobody after the last frame, which speaks for its half second. */
function timeIn({ from, until }: Person): number {
  const seenFrom = Math.ceil(from / 500) * 500;
  const seenUntil = Math.ceil(until / 500) * 500;
  return Math.max(0, Math.min(seenUntil, 30 * MINUTE_MS) - Math.max(seenFrom, 15 * MINUTE_MS));
}

function minutesOf(parts: readonly PeriodPart[]): readonly Rollup[] {
  return parts.map((part) => sumParts([part], 0)).filter(({ from }) => from >= QUARTER.from && from < QUARTER.to);
}

function minute(number: number, { present = 0, entered = 0 }): Rollup {
  const from = NOON + number * MINUTE_MS;
  const cell = { ageGroup: 'adult', gender: 'male', personMs: 1000, attentionMs: 0, entered, watchers: 0 } as const;
  const part = {
    period: '1m',
    from,
    to: from + MINUTE_MS,
    session: 's1',
    uptimeMs: MINUTE_MS,
    partial: false,
  } as const;
  return sumParts([{ ...part, present, splitByRestart: 0, cells: [cell] }], 0);
}
