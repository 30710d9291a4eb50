// Keeps the history without holes: a row of nulls for every minute that no run saw, and the longer periods that are over.
import { type Calendar, longerSpans, type Span, sumMinutes } from '../audience/longer-periods.ts';
import { PERIOD_MS, type Rollup } from '../audience/rollup.ts';
import { DAY_MS, MINUTE_MS } from '../audience/time-units.ts';
import type { RollupTable } from './rollup-table.ts';

/**
 * After a longer time without a daemon (it was away, or its clock was set) only the newest part of it gets rows: a day of
 * minutes and a month of longer periods, some 5,000 rows, which a single commit can write.
 */
const MINUTES_FILLED_MS = DAY_MS;
const LONGER_FILLED_MS = 31 * DAY_MS;

export class CompleteHistory {
  readonly #table: RollupTable;
  readonly #calendar: Calendar;

  constructor(table: RollupTable, calendar: Calendar) {
    this.#table = table;
    this.#calendar = calendar;
  }

  /** Writes these minutes (in order of time) and what they complete; returns all that is new or revised, which goes out in order. */
  write(minutes: readonly Rollup[], nowAt: number): readonly Rollup[] {
    const written: Rollup[] = [];
    const touched: number[] = [];
    for (const minute of minutes) {
      const { gap, since } = this.#gapBefore(minute.from);
      const revised = [...gap, minute].flatMap((one) => this.#table.revise(one) ?? []);
      written.push(...revised);
      touched.push(...since, ...revised.map(({ from }) => from));
    }
    const overAt = Math.max(...written.map(({ to }) => to));
    const longer = this.#spansAt(touched).flatMap((span) => this.#sum(span, overAt) ?? []);
    const inOrder = [...written, ...longer].sort((a, b) => a.to - b.to || b.from - a.from);
    for (const rollup of inOrder) this.#table.enqueue(rollup, nowAt);
    return inOrder;
  }

  /** The minutes of nulls that belong before a minute, and instants in all longer periods that end with them or in them. */
  #gapBefore(from: number): Readonly<{ gap: readonly Rollup[]; since: readonly number[] }> {
    const last = this.#table.get('1m', from) === null ? this.#table.before('1m', from) : null;
    if (last === null || last.to >= from) return { gap: [], since: [] };
    const gap = steps(Math.max(last.to, from - MINUTES_FILLED_MS), from, MINUTE_MS).map((start) =>
      sumMinutes({ period: '1m', from: start, to: start + MINUTE_MS, offsetMs: 0 }, []),
    );
    return { gap, since: [last.from, ...steps(Math.max(last.to, from - LONGER_FILLED_MS), from, PERIOD_MS['15m'])] };
  }

  /** Each once. */
  #spansAt(instants: readonly number[]): readonly Span[] {
    const spans = instants.flatMap((at) => longerSpans(at, this.#calendar));
    const unique = new Map(spans.map((span) => [`${span.period} ${span.from}`, span]));
    return [...unique.values()];
  }

  /** Only what is over, or was told before and has to be corrected. */
  #sum(span: Span, overAt: number): Rollup | null {
    const stored = this.#table.get(span.period, span.from);
    if (stored === null && span.to > overAt) return null;
    const rollup = sumMinutes(span, this.#table.range('1m', span));
    // Uptime only grows, unless minutes have been deleted because of their age: then the sum of before holds more.
    if (stored !== null && rollup.uptimeMs < stored.uptimeMs) return null;
    return this.#table.revise(rollup);
  }
}

function steps(from: number, to: number, stepMs: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => from + index * stepMs);
}
