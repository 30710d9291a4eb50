// Groups come in order, by their rates and at their instants, and a rate of no time of the day brings nobody.
import { expect, it } from 'vitest';
import { type ArrivalOptions, comings } from '../../src/simulator/arrivals.ts';
import { scenarioOf } from './measured-scenario.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = { from: '12:00', to: '13:00', perMinute: 5 };

function comingsOf(arrivals: readonly unknown[], options: Partial<ArrivalOptions> = {}) {
  const forever = { seed: 1, timeOfDayMs: (at: number) => at % DAY_MS, endMs: Number.POSITIVE_INFINITY };
  return comings(scenarioOf({ arrivals }).arrivals, { ...forever, ...options });
}

it('those of all kinds come in order, also of two at one instant', () => {
  const groups = comingsOf([{ atSeconds: [9, 3] }, { atSeconds: [3, 5] }, { perMinute: 60 }], { endMs: 10_000 });
  const at = [...groups].map((group) => group.at);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(at.filter((one) => one % 1000 === 0)).toEqual([3000, 3000, 5000, 9000]);
  expect(at.length).toBeGreaterThan(4);
});

it.each([
  ['whose hours let nobody come', { perMinute: 5, hours: [{ from: '00:00', to: '24:00', perMinute: 0 }] }],
  ['whose only rate is that of an hour without a minute', { hours: [{ from: '08:00', to: '08:00', perMinute: 5 }] }],
  ['whose hour is taken by an earlier one', { hours: [{ from: '00:00', to: '24:00', perMinute: 0 }, NOON] }],
  ['without any rate', {}],
])('an arrival %s is no endless search', (_, arrival) => {
  expect(comingsOf([arrival]).next()).toEqual({ done: true, value: undefined });
});

it('a rate of one minute of the day brings people in that minute only, also on days to come', () => {
  const hours = [{ from: '23:59', to: '24:00', perMinute: 2 }];
  const at = [...comingsOf([{ hours }], { endMs: 20 * DAY_MS })].map((group) => group.at);
  expect(at.length).toBeGreaterThan(20);
  expect(at.every((one) => one % DAY_MS >= DAY_MS - 60_000)).toBe(true);
});
