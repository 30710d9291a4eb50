// Says whether the screen has an audience at an instant, and until when that holds.
import { minuteOfDay } from '../../config/clock-time.ts';
import type { OpeningHours } from '../../config/opening-hours-schema.ts';
import { dayOfWeek, instantOf, type WallTime, wallTimeAt } from '../zoned-time.ts';

export type Opening = Readonly<{
  open: boolean;
  /** Unix time at which it may change; never for those who are always open. */
  until: number;
}>;

const DAYS_IN_A_WEEK = 7;

/** `at` is Unix time. Hours that end before they start last until the next day. */
export function openingAt(hours: OpeningHours, at: number, timezone: string): Opening {
  if (hours === null) return { open: true, until: Number.POSITIVE_INFINITY };
  const spans = spansAround(hours, at, timezone);
  const current = spans.filter(({ from, to }) => from <= at && at < to);
  // Hours that meet or overlap are one: their last end is looked at again then.
  if (current.length > 0) return { open: true, until: Math.max(...current.map(({ to }) => to)) };
  return { open: false, until: Math.min(...spans.map(({ from }) => from).filter((from) => from > at)) };
}

type Span = Readonly<{ from: number; to: number }>;

/** Of the days from yesterday, whose hours may last until today, to a week from now. */
function spansAround(hours: NonNullable<OpeningHours>, at: number, timezone: string): readonly Span[] {
  const today = wallTimeAt(at, timezone);
  return Array.from({ length: DAYS_IN_A_WEEK + 2 }, (_, index) => index - 1).flatMap((daysLater) =>
    hours
      .filter(({ days }) => days.includes(dayOfWeek(today, daysLater)))
      .map(({ from, to }) => ({
        from: onDay(today, daysLater, from, timezone),
        to: onDay(today, to <= from ? daysLater + 1 : daysLater, to, timezone),
      })),
  );
}

function onDay({ year, month, day }: WallTime, daysLater: number, time: string, timezone: string): number {
  return instantOf({ year, month, day: day + daysLater, hour: 0, minute: minuteOfDay(time), second: 0 }, timezone);
}
