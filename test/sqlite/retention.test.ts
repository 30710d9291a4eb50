// What is kept long enough is deleted a little at a time, what waits for a broker never, and the file becomes smaller.
import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { readStats } from '../../src/sqlite/read-stats.ts';
import { Retention, type RetentionDays } from '../../src/sqlite/retention.ts';
import { MINUTE_MS, part } from './parts.ts';
import { EVER, openStore, type StoreRig } from './store-rig.ts';

const DAY = 1440;
const PERIODS = ['1m', '15m', '1h', '1d'] as const;

it('keeps so many days of minutes and of longer periods, the newest', () => {
  const rig = delivered(0, 4 * DAY);
  deleteAll(rig, { minutes: 2, longer: 3 });
  expect(PERIODS.map((period) => rig.store.rollups(EVER, period).length)).toEqual([2 * DAY, 3 * 96, 3 * 24, 3]);
  expect(PERIODS.map((period) => rig.store.rollups(EVER, period)[0]?.from)).toEqual(
    [2, 1, 1, 1].map((day) => day * DAY * MINUTE_MS),
  );
  expect(rig.database.prepare('SELECT count(*) AS parts FROM part').get()).toEqual({ parts: 2 * DAY });
});

it('deletes a batch at a time, and the file becomes smaller', () => {
  const rig = delivered(0, 4 * DAY);
  const retention = new Retention(rig.database);
  rig.database.pragma('wal_checkpoint(TRUNCATE)');
  const before = statSync(rig.path).size;
  expect(retention.deleteSome({ minutes: 1, longer: 4 })).toBe(500);
  expect(rig.store.rollups(EVER)).toHaveLength(4 * DAY - 500);
  deleteAll(rig, { minutes: 1, longer: 4 });
  rig.database.pragma('wal_checkpoint(TRUNCATE)');
  expect(statSync(rig.path).size).toBeLessThan(before / 2);
  expect(rig.database.pragma('freelist_count', { simple: true })).toBe(0);
});

it('never deletes what waits for a broker', () => {
  const rig = openStore();
  rig.closeAll(0, 2 * DAY);
  const waiting = rig.outbox.next(100_000).length;
  deleteAll(rig, { minutes: 1, longer: 1 });
  expect(rig.outbox.next(100_000)).toHaveLength(waiting);
  rig.outbox.acknowledge(rig.outbox.next(10).map(({ id }) => id));
  deleteAll(rig, { minutes: 1, longer: 1 });
  expect(rig.store.rollups(EVER)[0]?.from).toBe(10 * MINUTE_MS);
});

it('deletes hardly more when the clock is years ahead for a while', () => {
  const rig = delivered(0, 2 * DAY);
  rig.closeAll(10 * 365 * DAY, 10 * 365 * DAY + 5);
  acknowledgeAll(rig);
  deleteAll(rig, { minutes: 3, longer: 40 });
  // The day of nulls before the wrong time takes the place of a day.
  expect(rig.store.rollups({ from: 0, to: 2 * DAY * MINUTE_MS })).toHaveLength(2 * DAY - 5);
  expect(rig.store.rollups({ from: 0, to: 2 * DAY * MINUTE_MS }, '1d')).toHaveLength(2);
});

it.each([
  ['8 days ahead', 8],
  ['8 days behind', -8],
])('keeps the right time after a clock that was %s for a day, also where it had been already', (_, wrongDays) => {
  const rig = openStore();
  const written = (day: number, session: string) => {
    const closed = Array.from({ length: DAY }, (_, minute) => part(day * DAY + minute, 1000, { session }));
    rig.store.commit({ closed, open: [] }, 0);
    acknowledgeAll(rig);
    deleteAll(rig, { minutes: 1, longer: 1 });
    const range = { from: day * DAY * MINUTE_MS, to: (day + 1) * DAY * MINUTE_MS };
    return PERIODS.map((period) => rig.store.rollups(range, period).length);
  };
  written(wrongDays, 'wrong');
  expect(written(0, 'right')).toEqual([DAY, 96, 24, 1]);
  expect(written(wrongDays, 'later')).toEqual([DAY, 96, 24, 1]);
  expect(rig.store.rollups(EVER)).toHaveLength(DAY);
});

it('leaves to the statistics the hours of the time whose minutes are deleted', () => {
  const rig = delivered(0, 2 * DAY);
  const before = rig.store.history(EVER);
  deleteAll(rig, { minutes: 1, longer: 2 });
  const { rollups } = readStats(rig.path, EVER);
  expect(rollups.map(({ period }) => period)).toEqual([...Array(24).fill('1h'), ...Array(DAY).fill('1m')]);
  expect(personMs(rollups)).toBe(personMs(before));
});

it('leaves to the statistics the hour of which only some minutes are deleted, and counts none twice', () => {
  const rig = delivered(0, DAY + 30);
  rig.closeAll(DAY + 30, 2 * DAY + 30);
  acknowledgeAll(rig);
  const before = rig.store.history(EVER);
  deleteAll(rig, { minutes: 1, longer: 2 });
  const after = rig.store.history(EVER);
  expect(after.map(({ period }) => period)).toEqual([...Array(25).fill('1h'), ...Array(DAY - 30).fill('1m')]);
  expect(personMs(after)).toBe(personMs(before));
  // A range that ends within that hour is told to the minute, as far as they are there.
  const within = rig.store.history({ from: DAY * MINUTE_MS, to: (DAY + 45) * MINUTE_MS });
  expect(within.map(({ period }) => period)).toEqual(Array(15).fill('1m'));
});

it('leaves to the statistics those hours also when the clock showed a time long before for some minutes', () => {
  const rig = openStore();
  rig.closeAll(10 * 365 * DAY, 10 * 365 * DAY + 2 * DAY);
  rig.closeAll(60, 65);
  acknowledgeAll(rig);
  deleteAll(rig, { minutes: 1, longer: 5 });
  const periods = rig.store.history(EVER).map(({ period }) => period);
  expect(periods).toEqual([...Array(5).fill('1m'), ...Array(25).fill('1h'), ...Array(DAY - 60).fill('1m')]);
});

function delivered(from: number, to: number): StoreRig {
  const rig = openStore();
  rig.closeAll(from, to);
  acknowledgeAll(rig);
  return rig;
}

function acknowledgeAll({ outbox }: StoreRig): void {
  outbox.acknowledge(outbox.next(100_000).map(({ id }) => id));
}

function deleteAll({ database }: StoreRig, days: RetentionDays): void {
  const retention = new Retention(database);
  let deleted = 0;
  do deleted = retention.deleteSome(days);
  while (deleted > 0);
}

function personMs(rollups: readonly Rollup[]): number {
  return rollups.reduce((sum, { audience }) => sum + (audience?.personMs ?? 0), 0);
}
