// What the clock on the wall of the screen shows: the day of the week and the minute of the day.

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** `minute` counts from midnight, 0 to 1439. */
export type LocalTime = Readonly<{ day: Day; minute: number }>;

/** `17:05` for the minute 1025. */
export function clockText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
