// Sorts credited time into periods of wall time, keeps the open ones, and closes them when nothing can come any more.
import { addCells, type Gender, type PeriodPart } from './rollup.ts';
import type { Viewer } from './viewer.ts';

/** All instants here are Unix milliseconds. */
export type Periods = Readonly<{
  session: string;
  /** How often the clock was set back: what was measured of a minute that is seen again is a part of its own. */
  setBack: number;
  /** When the run began to observe; a period that began before was seen in part. */
  runFrom: number;
  /** Start of the oldest period that is still open. */
  openFrom: number;
  open: readonly OpenPeriod[];
}>;

type OpenPeriod = Readonly<{
  from: number;
  uptimeMs: number;
  splitByRestart: number;
  entries: ReadonlyMap<string, Entry>;
}>;

type Entry = Readonly<{
  personMs: number;
  attentionMs: number;
  entered: boolean;
  watcher: boolean;
  ageGroup: string;
  gender: Gender | 'unknown';
}>;

/** What one viewer is to be credited with. */
export type Credit = Readonly<{
  viewer: Viewer;
  from: number;
  to: number;
  attending: boolean;
}>;

type Span = Readonly<{ from: number; to: number }>;

const PERIOD_MS = 60_000;
/** More empty periods than a day's are no outage but a clock that was set. */
const MAX_EMPTY_PERIODS = 1440;

export function startPeriods(session: string, at: number): Periods {
  return { session, setBack: 0, runFrom: at, openFrom: floor(at), open: [] };
}

export function addUptime(periods: Periods, from: number, to: number): Periods {
  return slices(periods, from, to).reduce(
    (state, slice) =>
      edit(state, slice.from, (period) => ({ ...period, uptimeMs: period.uptimeMs + slice.to - slice.from })),
    periods,
  );
}

/** All credits of a frame at once: the entries of a period are copied once. */
export function addCredits(periods: Periods, credits: readonly Credit[]): Periods {
  const touched = credits.flatMap(({ from, to }) => slices(periods, from, to));
  const starts = new Set(touched.map(({ from }) => floor(from)));
  return [...starts].reduce(
    (state, start) => edit(state, start, (period) => ({ ...period, entries: credited(period, credits) })),
    periods,
  );
}

/** Counts the viewer as entered at that moment; after a clock step, when that is written already, in the oldest open period. */
export function addEntry(periods: Periods, viewer: Viewer, at: number): Periods {
  return editEntry(periods, Math.max(at, periods.openFrom), viewer, (entry) => ({ ...entry, entered: true }));
}

/** `reachedAt` ends the time that made the viewer a watcher; at a border, that is the period before it. */
export function addWatcher(periods: Periods, viewer: Viewer, reachedAt: number): Periods {
  const at = Math.max(Math.ceil(reachedAt) - 1, periods.openFrom);
  return editEntry(periods, at, viewer, (entry) => ({ ...entry, watcher: true }));
}

export function addSplit(periods: Periods, at: number): Periods {
  return edit(periods, Math.max(at, periods.openFrom), (period) => ({
    ...period,
    splitByRestart: period.splitByRestart + 1,
  }));
}

/** The viewer is now described differently: the open periods learn it, the closed ones never. */
export function reclassify(periods: Periods, viewer: Viewer): Periods {
  return {
    ...periods,
    open: periods.open.map((period) => {
      const entry = period.entries.get(viewer.id);
      return entry === undefined
        ? period
        : { ...period, entries: new Map(period.entries).set(viewer.id, { ...entry, ...classesOf(viewer) }) };
    }),
  };
}

/** Closes, in order, every period whose end plus `lagMs` has passed at `at`; the newest ones without a frame, too. */
export function closeDue(
  periods: Periods,
  at: number,
  lagMs: number,
): { periods: Periods; closed: readonly PeriodPart[] } {
  if (at < periods.openFrom) return { periods: beginAgain(periods, at), closed: openParts(periods) };
  const dueBefore = floor(at - lagMs);
  if (dueBefore <= periods.openFrom) return { periods, closed: [] };
  const due = periods.open.filter(({ from }) => from < dueBefore);
  const known = new Set(due.map(({ from }) => from));
  const from = Math.max(periods.openFrom, dueBefore - MAX_EMPTY_PERIODS * PERIOD_MS);
  for (let start = from; start < dueBefore; start += PERIOD_MS) if (!known.has(start)) due.push(emptyPeriod(start));
  return {
    periods: { ...periods, openFrom: dueBefore, open: periods.open.filter((open) => open.from >= dueBefore) },
    closed: inOrder(due).map((period) => partOf(periods, period, periods.runFrom > period.from)),
  };
}

/** The open periods as they stand: a checkpoint, and what is written when the stream ends. */
export function openParts(periods: Periods): readonly PeriodPart[] {
  return inOrder(periods.open).map((period) => partOf(periods, period, true));
}

/** Time that has passed lies before what is closed: the clock was set back, and another run of the same session begins. */
function beginAgain({ session, setBack }: Periods, at: number): Periods {
  return { ...startPeriods(session, at), setBack: setBack + 1 };
}

function partOf({ session, setBack }: Periods, period: OpenPeriod, partial: boolean): PeriodPart {
  const entries = [...period.entries.values()];
  return {
    period: '1m',
    from: period.from,
    to: period.from + PERIOD_MS,
    session: setBack === 0 ? session : `${session}/${setBack}`,
    uptimeMs: period.uptimeMs,
    partial,
    present: entries.length,
    splitByRestart: period.splitByRestart,
    cells: addCells(
      entries.map(({ entered, watcher, ...entry }) => ({
        ...entry,
        entered: entered ? 1 : 0,
        watchers: watcher ? 1 : 0,
      })),
    ),
  };
}

function inOrder(open: readonly OpenPeriod[]): readonly OpenPeriod[] {
  return [...open].sort((a, b) => a.from - b.from);
}

/** The entries with that part of the credits which lies in the period. */
function credited(period: OpenPeriod, credits: readonly Credit[]): OpenPeriod['entries'] {
  const entries = new Map(period.entries);
  for (const credit of credits) {
    const from = Math.max(credit.from, period.from);
    const to = Math.min(credit.to, period.from + PERIOD_MS);
    if (to <= from) continue;
    const { personMs, attentionMs, entered, watcher, ageGroup, gender } =
      entries.get(credit.viewer.id) ?? newEntry(credit.viewer);
    entries.set(credit.viewer.id, {
      personMs: personMs + to - from,
      attentionMs: attentionMs + (credit.attending ? to - from : 0),
      entered,
      watcher,
      ageGroup,
      gender,
    });
  }
  return entries;
}

function slices({ openFrom }: Periods, from: number, to: number): Span[] {
  const result: Span[] = [];
  for (let start = Math.max(from, openFrom); start < to; ) {
    const end = Math.min(to, floor(start) + PERIOD_MS);
    result.push({ from: start, to: end });
    start = end;
  }
  return result;
}

function edit(periods: Periods, at: number, change: (period: OpenPeriod) => OpenPeriod): Periods {
  const from = floor(at);
  const isOpen = periods.open.some((period) => period.from === from);
  const open = isOpen ? periods.open : [...periods.open, emptyPeriod(from)];
  const { session, setBack, runFrom, openFrom } = periods;
  const edited = open.map((period) => (period.from === from ? change(period) : period));
  return { session, setBack, runFrom, openFrom, open: edited };
}

function editEntry(periods: Periods, at: number, viewer: Viewer, change: (entry: Entry) => Entry): Periods {
  return edit(periods, at, (period) => {
    const entry = period.entries.get(viewer.id) ?? newEntry(viewer);
    return { ...period, entries: new Map(period.entries).set(viewer.id, change(entry)) };
  });
}

function newEntry(viewer: Viewer): Entry {
  return { personMs: 0, attentionMs: 0, entered: false, watcher: false, ...classesOf(viewer) };
}

function classesOf(viewer: Viewer): Pick<Entry, 'ageGroup' | 'gender'> {
  return { ageGroup: viewer.age?.group ?? 'unknown', gender: viewer.gender?.gender ?? 'unknown' };
}

function emptyPeriod(from: number): OpenPeriod {
  return { from, uptimeMs: 0, splitByRestart: 0, entries: new Map() };
}

function floor(at: number): number {
  return Math.floor(at / PERIOD_MS) * PERIOD_MS;
}
