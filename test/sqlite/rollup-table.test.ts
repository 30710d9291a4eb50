// A rollup is written once for each content: the same again is none, another is the next revision and the last one written.
import { expect, it } from 'vitest';
import { sumParts } from '../../src/audience/rollup.ts';
import { RollupTable } from '../../src/sqlite/rollup-table.ts';
import { MINUTE_MS, part } from './parts.ts';
import { openStore } from './store-rig.ts';

const minute = (number: number, personMs = 1000) => sumParts([part(number, personMs)], 0);

function table() {
  const { database } = openStore();
  const writtenOrder = () =>
    database.prepare<[], { from_at: number }>('SELECT from_at FROM rollup ORDER BY rowid').all();
  return { rollups: new RollupTable(database), order: () => writtenOrder().map(({ from_at }) => from_at / MINUTE_MS) };
}

it('the same content is no revision, whatever number it comes with', () => {
  const { rollups } = table();
  expect(rollups.revise(minute(3))).toEqual(minute(3));
  expect(rollups.revise({ ...minute(3), revision: 7 })).toBeNull();
  expect(rollups.revise(minute(3, 2000))).toEqual({ ...minute(3, 2000), revision: 1 });
  expect(rollups.get('1m', 3 * MINUTE_MS)).toEqual({ ...minute(3, 2000), revision: 1 });
});

it('a revision is written last, and what it repeats is not', () => {
  const { rollups, order } = table();
  for (const number of [1, 2, 3]) rollups.revise(minute(number));
  rollups.revise(minute(1, 2000));
  rollups.revise(minute(2));
  expect(order()).toEqual([2, 3, 1]);
});

it('is found by its range and by what comes after it', () => {
  const { rollups } = table();
  for (const number of [5, 1, 3]) rollups.revise(minute(number));
  const fromOf = (found: readonly { from: number }[]) => found.map(({ from }) => from / MINUTE_MS);
  expect(fromOf(rollups.range('1m', { from: MINUTE_MS, to: 5 * MINUTE_MS }))).toEqual([1, 3]);
  expect(fromOf(rollups.range('1m', { from: 0, to: 9 * MINUTE_MS }, 2))).toEqual([1, 3]);
  expect(rollups.before('1m', 3 * MINUTE_MS)?.from).toBe(MINUTE_MS);
  expect([rollups.before('1m', MINUTE_MS), rollups.get('15m', 0)]).toEqual([null, null]);
});

it('an hour stands for its minutes only where not all that was observed of it is kept', () => {
  const { rollups } = table();
  const hour = (number: number) => ({
    ...minute(60 * number),
    period: '1h' as const,
    to: 60 * (number + 1) * MINUTE_MS,
  });
  for (const number of [0, 1, 2]) rollups.revise(hour(number));
  rollups.revise(minute(119));
  const found = (to: number) =>
    rollups.hoursOfDeletedMinutes({ from: 0, to: to * MINUTE_MS }).map(({ from }) => from / MINUTE_MS);
  expect(found(180)).toEqual([0, 120]);
  rollups.revise({ ...hour(1), uptimeMs: hour(1).uptimeMs + 1 });
  expect(found(180)).toEqual([0, 60, 120]);
  // It would tell more than was asked for.
  expect(found(119)).toEqual([0]);
});
