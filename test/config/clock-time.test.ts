// A time of day is taken as people write it, with two digits for the hour and up to 24:00.
import { expect, it } from 'vitest';
import { clockTime, clockTimes, minuteOfDay } from '../../src/config/clock-time.ts';

it.each([
  ['00:00', 0],
  ['08:30', 510],
  ['23:59', 1439],
  ['24:00', 1440],
])('%s is minute %d of the day', (time, minute) => {
  expect(minuteOfDay(clockTime.parse(time))).toBe(minute);
});

it.each(['8:30', '08:60', '24:01', '25:00', '08.30', '08:30 ', '', '08:30-09:00'])('"%s" is no time', (time) => {
  expect(clockTime.safeParse(time).error?.message).toContain('must be a time such as 08:30, up to 24:00');
});

it.each(['17:00-19:30', '22:00-02:00', '00:00-24:00'])('%s are hours', (hours) => {
  expect(clockTimes.safeParse(hours).success).toBe(true);
});

it.each(['17:00', '24:00-02:00', '17:00-24:30', '17:00 - 19:30', '17:00-19:30-20:00'])('"%s" are none', (hours) => {
  expect(clockTimes.safeParse(hours).error?.message).toContain('must be hours such as 17:00-19:30');
});
