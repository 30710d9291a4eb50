// The periods longer than a minute: where they begin and end, and what the minutes in one of them add up to.
import { addCells, PERIOD_MS, type PeriodAudience, type PeriodName, type Rollup, sumCells, total } from './rollup.ts';

/** Instants are Unix milliseconds; `offsetMs` is how far the wall clock is ahead of UTC at `from`. */
export type Span = Readonly<{ period: PeriodName; from: number; to: number; offsetMs: number }>;

/** The day of a time zone on which an instant lies: of 23, 24 or 25 hours. */
export type Calendar = (at: number) => Omit<Span, 'period'>;

/** Quarters and hours are those of UTC, days those of the calendar. */
export function longerSpans(at: number, calendar: Calendar): readonly Span[] {
  return [utcSpan('15m', at), utcSpan('1h', at), { period: '1d', ...calendar(at) }];
}

/** Where no time zone is configured. */
export function utcDay(at: number): Omit<Span, 'period'> {
  const { from, to } = utcSpan('1d', at);
  return { from, to, offsetMs: 0 };
}

/** The minutes in time order; one that is missing was not observed, so that none at all makes a period of nulls. */
export function sumMinutes(span: Span, minutes: readonly Rollup[]): Rollup {
  const uptimeMs = total(minutes, (minute) => minute.uptimeMs);
  const isComplete = minutes.length * PERIOD_MS['1m'] === span.to - span.from;
  return {
    ...span,
    revision: 0,
    partial: !isComplete || minutes.some(({ partial }) => partial),
    uptimeMs,
    audience: uptimeMs === 0 ? null : audienceOf(minutes),
  };
}

function audienceOf(minutes: readonly Rollup[]): PeriodAudience {
  const known = minutes.flatMap(({ audience }) => audience ?? []);
  return {
    ...sumCells(addCells(known.flatMap(({ cells }) => cells))),
    present: presentIn(minutes),
    splitByRestart: total(known, ({ splitByRestart }) => splitByRestart),
  };
}

/**
 * Who was there at some moment: whoever entered, and whoever was there already when it began. A run that begins counts all
 * as entered; after a minute that is missing or of nulls, those who were there before it are counted again.
 */
function presentIn(minutes: readonly Rollup[]): number {
  return total(minutes, ({ from, audience }, index) => {
    if (audience === null) return 0;
    const before = minutes[index - 1];
    const follows = before !== undefined && before.to === from && before.audience !== null;
    return follows ? audience.entered : audience.present;
  });
}

function utcSpan(period: PeriodName, at: number): Span {
  const lengthMs = PERIOD_MS[period];
  const from = Math.floor(at / lengthMs) * lengthMs;
  return { period, from, to: from + lengthMs, offsetMs: 0 };
}
