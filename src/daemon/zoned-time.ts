// Converts between instants and the wall clock of a time zone, with the changes of daylight saving time.
import type { Calendar } from '../audience/longer-periods.ts';
import { DAY_MS, MINUTE_MS } from '../audience/time-units.ts';
import type { Day, LocalTime } from '../targeting/local-time.ts';

/** What a wall clock shows; months count from 1. */
export type WallTime = Readonly<{
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}>;

/** In the order of Date.getUTCDay. */
const DAYS: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function wallTimeAt(at: number, timezone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/**
 * The instant at which the wall clock shows this. A time that is shown twice means the first one; one that is skipped
 * means the same time after the change, so that a day without midnight begins when it begins.
 */
export function instantOf(wall: WallTime, timezone: string): number {
  const guess = asUtc(wall);
  const before = guess - offsetMs(guess - DAY_MS, timezone);
  const after = guess - offsetMs(guess + DAY_MS, timezone);
  const shown = [before, after].filter((at) => at + offsetMs(at, timezone) === guess);
  return shown.length === 0 ? before : Math.min(...shown);
}

/** The start of the day on which `at` lies, or of a later one; days of a month carry over. */
export function dayStart(at: number, timezone: string, daysLater = 0): number {
  const { year, month, day } = wallTimeAt(at, timezone);
  return instantOf({ year, month, day: day + daysLater, hour: 0, minute: 0, second: 0 }, timezone);
}

/** Where the days of a time zone begin. Remembers the last one, since most questions are about the same. */
export function calendarOf(timezone: string): Calendar {
  let day: ReturnType<Calendar> = { from: 0, to: 0, offsetMs: 0 };
  return (at) => {
    if (at < day.from || at >= day.to) {
      const from = dayStart(at, timezone);
      day = { from, to: dayStart(at, timezone, 1), offsetMs: offsetMs(from, timezone) };
    }
    return day;
  };
}

/** What the clock on the wall shows. Remembers the last minute, since it is asked for in every frame. */
export function localTimeOf(timezone: string): (at: number) => LocalTime {
  let minuteAt = Number.NaN;
  let shown: LocalTime = { day: 'sun', minute: 0 };
  return (at) => {
    const from = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    if (from !== minuteAt) {
      const wall = wallTimeAt(from, timezone);
      shown = { day: dayOfWeek(wall), minute: wall.hour * 60 + wall.minute };
      minuteAt = from;
    }
    return shown;
  };
}

/** The day of the week, or of a later day. */
export function dayOfWeek({ year, month, day }: WallTime, daysLater = 0): Day {
  return DAYS[new Date(Date.UTC(year, month - 1, day + daysLater)).getUTCDay()] ?? 'sun';
}

/** How far the wall clock is ahead of UTC. */
export function offsetMs(at: number, timezone: string): number {
  return asUtc(wallTimeAt(at, timezone)) - Math.floor(at / 1000) * 1000;
}

function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
