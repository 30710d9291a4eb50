// Reads which time is asked about: today, the last hours, or from one day or instant to another.
import { DAY_MS, MINUTE_MS } from '../audience/time-units.ts';
import { dayStart, instantOf, type WallTime, wallTimeAt } from '../daemon/zoned-time.ts';
import { durationMs } from './duration.ts';
import { UsageError } from './usage-error.ts';

/** From `from` up to, but not including, `to`; Unix milliseconds. */
export type StatsRange = Readonly<{ from: number; to: number }>;

export type RangeOptions = Readonly<{ last?: string; from?: string; to?: string }>;

const LONGEST_MS = 3660 * DAY_MS;

/** Without options today, to its end. A day given as `to` is included. Begins and ends at full minutes, as the periods do, but for now. */
export function parseRange(options: RangeOptions, nowAt: number, timezone: string): StatsRange {
  const { last, from, to } = options;
  if (last !== undefined && (from !== undefined || to !== undefined)) {
    throw new UsageError('Use either --last or --from and --to, not both.');
  }
  if (last !== undefined) return { from: fullMinute(nowAt - lastMs(last)), to: nowAt };
  if (from === undefined && to !== undefined) {
    throw new UsageError(`--to needs --from, for example --from ${dateText(nowAt, timezone)} --to ${to}.`);
  }
  if (from === undefined) return { from: dayStart(nowAt, timezone), to: dayStart(nowAt, timezone, 1) };
  const range = {
    from: fullMinute(parseMoment('--from', from, timezone).at),
    to: to === undefined ? nowAt : nextFullMinute(parseMoment('--to', to, timezone).end),
  };
  if (range.from >= nowAt) throw new UsageError(`--from ${from} lies in the future: nothing is known about it yet.`);
  if (range.to - range.from > LONGEST_MS)
    throw new UsageError(`--from ${from} is too far back: at most ten years are told.`);
  if (range.from >= range.to) throw new UsageError(`--from ${from} is not before --to ${to}: exchange them.`);
  return range;
}

function lastMs(text: string): number {
  const duration = durationMs(text);
  if (duration !== null && duration <= LONGEST_MS) return duration;
  throw new UsageError(`--last ${text} is no duration: write 30m, 1h or 7d (at most ten years).`);
}

type Moment = Readonly<{ at: number; end: number }>;

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A day ends where the next one begins; an instant is its own end. Throws a UsageError that names the option. */
export function parseMoment(option: string, text: string, timezone: string): Moment {
  const [, year, month, day, hour, minute, second, offset] = text.match(MOMENT) ?? [];
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  // Date.UTC makes 30 February a day in March; what does not come back the same was no date.
  const utc = new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second));
  if (Number.isNaN(utc.getTime()) || utc.toISOString().slice(0, 19) !== isoText(wall)) throw notAMoment(option, text);
  if (hour === undefined) {
    return { at: instantOf(wall, timezone), end: instantOf({ ...wall, day: wall.day + 1 }, timezone) };
  }
  const at = offset === undefined ? instantOf(wall, timezone) : Date.parse(text.replace(' ', 'T'));
  if (Number.isNaN(at)) throw notAMoment(option, text);
  return { at, end: at };
}

function notAMoment(option: string, text: string): UsageError {
  return new UsageError(
    `${option} ${text} is no day or instant: write 2026-03-29, 2026-03-29T14:00 (local time), ` +
      '2026-03-29T12:00Z or 2026-03-29T14:00+02:00.',
  );
}

function isoText({ year, month, day, hour, minute, second }: WallTime): string {
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${padded(hour)}:${padded(minute)}:${padded(second)}`;
}

function dateText(at: number, timezone: string): string {
  return isoText(wallTimeAt(at, timezone)).slice(0, 10);
}

function padded(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

function fullMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function nextFullMinute(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}
