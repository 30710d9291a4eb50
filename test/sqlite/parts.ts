// Builds parts of periods in the words of the domain.
import type { Cell, PeriodPart } from '../../src/audience/rollup.ts';

export const MINUTE_MS = 60_000;

/** What one run saw of minute number `minute`: one young woman, there for `personMs`. */
export function part(minute: number, personMs: number, changes: Partial<PeriodPart> = {}): PeriodPart {
  return {
    period: '1m',
    from: minute * MINUTE_MS,
    to: (minute + 1) * MINUTE_MS,
    session: 'first',
    uptimeMs: MINUTE_MS,
    partial: false,
    present: 1,
    splitByRestart: 0,
    cells: [cell(personMs)],
    ...changes,
  };
}

export function cell(personMs: number, changes: Partial<Cell> = {}): Cell {
  return {
    ageGroup: 'young adult',
    gender: 'female',
    personMs,
    attentionMs: personMs / 2,
    entered: 1,
    watchers: 1,
    ...changes,
  };
}
