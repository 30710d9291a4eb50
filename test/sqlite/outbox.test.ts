// The outbox keeps the newest revision of each period until it is acknowledged, within bounds.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { MINUTE_MS, part } from './parts.ts';

it('hands out the oldest first and forgets what is acknowledged', () => {
  const { outbox, close } = open();
  close(3, 1);
  close(4, 2);
  close(5, 3);
  expect(minutes(outbox, 2)).toEqual([3, 4]);
  const [first] = outbox.next(1);
  outbox.acknowledge([first?.id ?? -1]);
  expect(minutes(outbox, 9)).toEqual([4, 5]);
  expect(outbox.depth()).toBe(2);
});

it('survives closing and opening', () => {
  const { outbox, close, reopen } = open();
  close(3, 1);
  const before = outbox.next(9);
  expect(reopen().next(9)).toEqual(before);
});

it('sends a newer revision although the acknowledgment of the older one comes late', () => {
  const { outbox, close } = open();
  close(3, 1);
  const [older] = outbox.next(1);
  close(3, 2, 'second');
  outbox.acknowledge([older?.id ?? -1]);
  expect(outbox.next(9)).toMatchObject([{ rollup: { revision: 1 } }]);
});

it('never uses an id twice, also when it was emptied and opened again in between', () => {
  const { outbox, close, reopen } = open();
  close(3, 1);
  outbox.acknowledge([1]);
  const again = reopen();
  close(4, 1);
  expect(again.next(9)).toMatchObject([{ id: 2 }]);
});

describe('beyond its bounds', () => {
  const bounds = { maxAgeMs: 4 * MINUTE_MS, maxRows: 3, maxBytes: 1e6 };

  it('gives up the oldest and says how many', () => {
    const { outbox, close } = open();
    for (const minute of [1, 2, 3, 4, 5, 6]) close(minute, minute * MINUTE_MS);
    expect(outbox.trim(bounds, 7 * MINUTE_MS)).toBe(3);
    expect(minutes(outbox, 9)).toEqual([4, 5, 6]);
    expect(outbox.trim(bounds, 7 * MINUTE_MS)).toBe(0);
    expect(outbox.trim({ ...bounds, maxRows: 0 }, 7 * MINUTE_MS)).toBe(3);
    expect(outbox.depth()).toBe(0);
  });

  it('gives up what takes too much room, the oldest first', () => {
    const { outbox, close } = open();
    for (const minute of [1, 2, 3, 4, 5, 6]) close(minute, minute * MINUTE_MS);
    // Each has one cell.
    expect(outbox.trim({ ...bounds, maxRows: 99, maxBytes: 700 }, 0)).toBe(4);
    expect(minutes(outbox, 9)).toEqual([5, 6]);
    expect(outbox.trim({ ...bounds, maxRows: 99, maxBytes: 700 }, 0)).toBe(0);
  });

  it('gives nothing up because the clock was set forward by years', () => {
    const { outbox, close } = open();
    for (const minute of [1, 2, 3]) close(minute, minute * MINUTE_MS);
    close(4, 1e12);
    expect(outbox.trim({ ...bounds, maxRows: 99 }, 1e12)).toBe(0);
    for (const minute of [5, 6]) close(minute, 1e12);
    expect(outbox.trim({ ...bounds, maxRows: 99 }, 1e12)).toBe(2);
  });
});

function minutes(outbox: Outbox, limit: number): readonly number[] {
  return outbox.next(limit).map(({ rollup }) => rollup.from / MINUTE_MS);
}

function open() {
  const path = join(tempFolder(), 'onlooker.sqlite');
  let { database } = openDatabase(path, 0);
  onTestFinished(() => {
    database.close();
  });
  return {
    outbox: new Outbox(database),
    close: (minute: number, nowAt: number, session = 'first') => {
      new RollupStore(database).commit({ closed: [part(minute, 1000, { session })], open: [] }, nowAt);
    },
    reopen: () => {
      database.close();
      ({ database } = openDatabase(path, 0));
      return new Outbox(database);
    },
  };
}
