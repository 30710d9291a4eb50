// Writes instants as RFC 3339 text; pure, since the pure folders have no Date.
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../audience/time-units.ts';

/**
 * Text with milliseconds of a Unix time in milliseconds: `1970-01-01T00:00:00.000Z` for 0, by a wall clock that is so far
 * ahead of UTC: `1970-01-01T01:00:00.000+01:00` (RFC 3339 knows whole minutes). Years 0 to 9999. The civil calendar from
 * days follows the algorithm of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms" (era of 400 years = 146,097
 * days; years begin in March).
 */
export function instantText(unixMs: number, offsetMs = 0): string {
  const offsetMinutes = Math.round(offsetMs / MINUTE_MS);
  const whole = Math.round(unixMs) + offsetMinutes * MINUTE_MS;
  const days = Math.floor(whole / DAY_MS);
  const ms = whole - days * DAY_MS;
  const { year, month, day } = civil(days);
  const time = [Math.floor(ms / HOUR_MS), Math.floor(ms / MINUTE_MS) % 60, Math.floor(ms / 1000) % 60].map(padded(2));
  return `${padded(4)(year)}-${padded(2)(month)}-${padded(2)(day)}T${time.join(':')}.${padded(3)(ms % 1000)}${offsetText(offsetMinutes)}`;
}

function offsetText(minutes: number): string {
  if (minutes === 0) return 'Z';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map(padded(2));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

function civil(daysSinceEpoch: number): { year: number; month: number; day: number } {
  const shifted = daysSinceEpoch + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

function padded(length: number): (value: number) => string {
  return (value) => String(value).padStart(length, '0');
}
