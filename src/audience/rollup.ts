// Aggregates of one period: what one run measured of it (a part), and the sum of all parts (the rollup).
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time-units.ts';

export type Gender = 'female' | 'male';

/** Amounts of one combination of age group and gender; `unknown` where the looks did not settle it. */
export type Cell = Readonly<{
  ageGroup: string;
  gender: Gender | 'unknown';
  personMs: number;
  attentionMs: number;
  entered: number;
  watchers: number;
}>;

/** What one run of one stream measured of one period. Instants are Unix milliseconds. */
export type PeriodPart = Readonly<{
  period: PeriodName;
  from: number;
  to: number;
  session: string;
  /** Healthy observed time; 0 when the camera gave nothing that could be counted. */
  uptimeMs: number;
  /** True when the run did not see the period from its start to its end. */
  partial: boolean;
  /** Viewers who were there at some moment of it; does not add up over periods. */
  present: number;
  splitByRestart: number;
  cells: readonly Cell[];
}>;

export const PERIODS = ['1m', '15m', '1h', '1d'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** A day of a time zone may have an hour more or less. */
export const PERIOD_MS: Readonly<Record<PeriodName, number>> = {
  '1m': MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '1d': DAY_MS,
};

export type Rollup = Readonly<{
  period: PeriodName;
  from: number;
  to: number;
  /** How far the wall clock is ahead of UTC when it begins; 0 but for days, which are those of a time zone. */
  offsetMs: number;
  revision: number;
  /** True when no single run saw it from its start to its end. */
  partial: boolean;
  uptimeMs: number;
  /** Null when there was no healthy frame: unknown is not zero. */
  audience: PeriodAudience | null;
}>;

export type PeriodAudience = Readonly<{
  personMs: number;
  attentionMs: number;
  entered: number;
  watchers: number;
  present: number;
  splitByRestart: number;
  cells: readonly Cell[];
}>;

/** Sums the parts of one period (at least one) into its rollup; the order of the parts does not matter. */
export function sumParts(parts: readonly [PeriodPart, ...PeriodPart[]], revision: number): Rollup {
  const [first] = parts;
  const uptimeMs = total(parts, (part) => part.uptimeMs);
  const cells = addCells(parts.flatMap((part) => part.cells));
  return {
    period: first.period,
    from: first.from,
    to: first.to,
    offsetMs: 0,
    revision,
    partial: parts.some((part) => part.partial),
    uptimeMs,
    audience:
      uptimeMs === 0
        ? null
        : {
            ...sumCells(cells),
            present: total(parts, (part) => part.present),
            splitByRestart: total(parts, (part) => part.splitByRestart),
          },
  };
}

/** The rollup with one more part, as it will be when that part is closed. */
export function withPart(rollup: Rollup, part: PeriodPart): Rollup {
  const { period, from, to, partial, uptimeMs, audience } = rollup;
  const stored: PeriodPart = {
    ...{ period, from, to, partial, uptimeMs, session: '' },
    present: audience?.present ?? 0,
    splitByRestart: audience?.splitByRestart ?? 0,
    cells: audience?.cells ?? [],
  };
  return sumParts([stored, part], rollup.revision);
}

/** What all cells of a period hold together. */
export function sumCells(cells: readonly Cell[]): Omit<PeriodAudience, 'present' | 'splitByRestart'> {
  return {
    personMs: total(cells, (cell) => cell.personMs),
    attentionMs: total(cells, (cell) => cell.attentionMs),
    entered: total(cells, (cell) => cell.entered),
    watchers: total(cells, (cell) => cell.watchers),
    cells,
  };
}

/** Adds up cells of the same age group and gender; sorted, so that equal contents are equal bytes. */
export function addCells(cells: readonly Cell[]): readonly Cell[] {
  const sums = new Map<string, Cell>();
  for (const cell of cells) {
    const key = `${cell.ageGroup}\u0000${cell.gender}`;
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? cell : addCell(sum, cell));
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

function addCell(a: Cell, b: Cell): Cell {
  return {
    ...a,
    personMs: a.personMs + b.personMs,
    attentionMs: a.attentionMs + b.attentionMs,
    entered: a.entered + b.entered,
    watchers: a.watchers + b.watchers,
  };
}

export function total<T>(items: readonly T[], amount: (item: T, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + amount(item, index), 0);
}
