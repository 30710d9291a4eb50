// Sums stored rollups up into the answer to "who was there": totals, shares, and bars over time.
import { addCells, type Cell, type Rollup } from '../audience/rollup.ts';
import { suppressCells } from '../audience/suppression.ts';
import { HOUR_MS, MINUTE_MS } from '../audience/time-units.ts';
import { instantText } from '../contract/instant.ts';
import { dayStart, wallTimeAt } from '../daemon/zoned-time.ts';
import type { StatsRange } from './stats-range.ts';

export type StatsOptions = Readonly<{
  range: StatsRange;
  nowAt: number;
  timezone: string;
  /** Names in the order in which they are shown. */
  ageGroups: readonly string[];
  /** An age group and gender of fewer people counts as unknown. */
  k: number;
}>;

/** Instants are RFC 3339 in UTC. Amounts are null where nothing was observed: unknown is not zero. */
export type Stats = Readonly<{
  from: string;
  to: string;
  /** The end of the range or now, whichever is earlier, or of data that are ahead of now; what coverage counts against. */
  until: string;
  /** As data of a fast simulation are, or those from before the clock was set back. */
  aheadOfClock: boolean;
  timezone: string;
  periods: number;
  /** Those of them that are hours, of which some or all minutes have been deleted because of their age. */
  hourPeriods: number;
  partialPeriods: number;
  uptimeSeconds: number;
  coverageRatio: number | null;
  amounts: Amounts | null;
  /** Attention-seconds per person-second. */
  attentionRatio: number | null;
  /** Person-seconds per observed second: the impression multiplier of the IAB. */
  averageAudience: number | null;
  /** An age group and gender of fewer people counts as unknown. */
  k: number;
  ageGroups: readonly Share[];
  genders: readonly Share[];
  step: Step;
  steps: readonly StatsStep[];
}>;

export type Amounts = Readonly<{ personSeconds: number; attentionSeconds: number; entered: number; watchers: number }>;
export type Share = Readonly<{ name: string } & Amounts>;
export type Step = 'minute' | 'hour' | 'day';
export type StatsStep = Readonly<{ from: string; to: string; uptimeSeconds: number; amounts: Amounts | null }>;

const LONGEST_IN_MINUTES_MS = HOUR_MS + MINUTE_MS;
const LONGEST_IN_HOURS_MS = 50 * HOUR_MS;
const UNKNOWN = 'unknown';

/** Takes the rollups that begin in the range. */
export function summarize(rollups: readonly Rollup[], options: StatsOptions): Stats {
  const { range, nowAt, timezone } = options;
  const inside = rollups.filter(({ from }) => from >= range.from && from < range.to);
  const ahead = inside.filter(({ from }) => from > nowAt);
  const knownUntil = ahead.reduce((latest, { to }) => Math.max(latest, to), nowAt);
  const until = Math.max(range.from, Math.min(range.to, knownUntil));
  const uptimeSeconds = uptimeOf(inside);
  const amounts = amountsOf(inside);
  const exact = addCells(inside.flatMap(({ audience }) => audience?.cells ?? []));
  const cells = suppressCells(exact, options.k);
  const hourPeriods = inside.filter(({ period }) => period !== '1m').length;
  const step = stepFor(until - range.from, hourPeriods);
  return {
    from: instantText(range.from),
    to: instantText(range.to),
    until: instantText(until),
    aheadOfClock: ahead.length > 0,
    timezone,
    periods: inside.length,
    hourPeriods,
    partialPeriods: inside.filter(({ partial }) => partial).length,
    uptimeSeconds,
    coverageRatio: ratio(Math.min(uptimeSeconds, (until - range.from) / 1000), (until - range.from) / 1000),
    amounts,
    attentionRatio: amounts === null ? null : ratio(amounts.attentionSeconds, amounts.personSeconds),
    averageAudience: amounts === null ? null : ratio(amounts.personSeconds, uptimeSeconds),
    k: options.k,
    ageGroups: shares(cells, ({ ageGroup }) => ageGroup, options.ageGroups),
    genders: shares(cells, ({ gender }) => gender, ['female', 'male']),
    step,
    steps: stepsOf(inside, { from: range.from, to: until }, step, timezone),
  };
}

/** What is known by the hour cannot be shown by the minute. */
function stepFor(lengthMs: number, hourPeriods: number): Step {
  if (lengthMs <= LONGEST_IN_MINUTES_MS && hourPeriods === 0) return 'minute';
  return lengthMs <= LONGEST_IN_HOURS_MS ? 'hour' : 'day';
}

function stepsOf(rollups: readonly Rollup[], range: StatsRange, step: Step, timezone: string): readonly StatsStep[] {
  const sorted = [...rollups].sort((a, b) => a.from - b.from);
  const steps: StatsStep[] = [];
  let next = 0;
  let from = range.from;
  while (from < range.to) {
    const to = Math.min(range.to, stepEnd(from, step, timezone));
    const first = next;
    while ((sorted[next]?.from ?? Number.POSITIVE_INFINITY) < to) next += 1;
    const inside = sorted.slice(first, next);
    steps.push({
      from: instantText(from),
      to: instantText(to),
      uptimeSeconds: uptimeOf(inside),
      amounts: amountsOf(inside),
    });
    from = to;
  }
  return steps;
}

/** Where the minute, the hour or the day of the wall clock ends in which `at` lies. */
function stepEnd(at: number, step: Step, timezone: string): number {
  if (step === 'day') return dayStart(at, timezone, 1);
  const { minute, second } = wallTimeAt(at, timezone);
  const intoMinute = second * 1000 + (at % 1000);
  return step === 'minute' ? at + MINUTE_MS - intoMinute : at + HOUR_MS - minute * MINUTE_MS - intoMinute;
}

/** Every name in its order, also without anybody; names that are not configured any more follow, unknown is last. */
function shares(cells: readonly Cell[], nameOf: (cell: Cell) => string, order: readonly string[]): readonly Share[] {
  const names = new Set([...order, ...cells.map(nameOf)]);
  names.delete(UNKNOWN);
  return [...names, UNKNOWN].map((name) => ({ name, ...sumOf(cells.filter((cell) => nameOf(cell) === name)) }));
}

function amountsOf(rollups: readonly Rollup[]): Amounts | null {
  const audiences = rollups.flatMap(({ audience }) => (audience === null ? [] : [audience]));
  return audiences.length === 0 ? null : sumOf(audiences);
}

function sumOf(parts: readonly Pick<Cell, 'personMs' | 'attentionMs' | 'entered' | 'watchers'>[]): Amounts {
  const total = (amount: (part: (typeof parts)[number]) => number) =>
    parts.reduce((sum, part) => sum + amount(part), 0);
  return {
    personSeconds: total(({ personMs }) => personMs) / 1000,
    attentionSeconds: total(({ attentionMs }) => attentionMs) / 1000,
    entered: total(({ entered }) => entered),
    watchers: total(({ watchers }) => watchers),
  };
}

function uptimeOf(rollups: readonly Rollup[]): number {
  return rollups.reduce((sum, { uptimeMs }) => sum + uptimeMs, 0) / 1000;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((part / whole) * 1e4) / 1e4 : null;
}
