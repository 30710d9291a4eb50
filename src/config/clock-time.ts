// Defines a time of day as people write it, such as 08:30, up to 24:00.
import { z } from 'zod';

const HOUR_AND_MINUTE = '([01]\\d|2[0-3]):[0-5]\\d';

export const clockTime = z
  .string()
  .regex(new RegExp(`^${HOUR_AND_MINUTE}$|^24:00$`), 'must be a time such as 08:30, up to 24:00');

/** Two such times, as 17:00-19:30. */
export const clockTimes = z
  .string()
  .regex(new RegExp(`^${HOUR_AND_MINUTE}-(${HOUR_AND_MINUTE}|24:00)$`), 'must be hours such as 17:00-19:30');

/** Minutes from midnight, 0 to 1440, of a time that the schema has let through. */
export function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
