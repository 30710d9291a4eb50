// Parts become rollups: revisions, checkpoints and recovery.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sumParts } from '../../src/audience/rollup.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cell, MINUTE_MS, part } from './parts.ts';

const NOW = 10 * MINUTE_MS;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

describe('commit', () => {
  it('stores the rollup of a closed part as revision 0 and puts it into the outbox', () => {
    const { store, outbox } = open();
    const stored = store.commit({ closed: [part(3, 1500)], open: [] }, NOW);
    expect(stored).toEqual([sumParts([part(3, 1500)], 0)]);
    expect(store.rollups(EVER)).toEqual(stored);
    expect(outbox.next(9)).toEqual([{ id: 1, createdAt: NOW, rollup: stored[0] }]);
  });

  it('keeps fractions, several cells and the text of age groups', () => {
    const { store } = open();
    const cells = [cell(1 / 3), cell(0.1, { ageGroup: 'é "quoted"', gender: 'unknown', watchers: 0 })];
    const [rollup] = store.commit({ closed: [part(3, 0, { cells, splitByRestart: 2, present: 5 })], open: [] }, NOW);
    expect(store.rollups(EVER)).toEqual([rollup]);
    expect(rollup?.audience?.personMs).toBeCloseTo(0.4333, 4);
  });

  it('stores a period without healthy frames as nulls, not zeros', () => {
    const { store } = open();
    store.commit({ closed: [part(3, 0, { uptimeMs: 0, cells: [], present: 0 })], open: [] }, NOW);
    expect(store.rollups(EVER)).toMatchObject([{ uptimeMs: 0, audience: null }]);
  });

  it('takes the open part as a checkpoint only', () => {
    const { store, outbox } = open();
    expect(store.commit({ closed: [], open: [part(3, 500)] }, NOW)).toEqual([]);
    expect(store.commit({ closed: [], open: [part(3, 900)] }, NOW)).toEqual([]);
    expect(store.rollups(EVER)).toEqual([]);
    expect(store.openParts()).toEqual([part(3, 900)]);
    expect(outbox.depth()).toBe(0);
    expect(store.commit({ closed: [part(3, 1500)], open: [part(4, 10)] }, NOW)).toMatchObject([
      { revision: 0, audience: { personMs: 1500 } },
    ]);
    expect(store.openParts()).toEqual([part(4, 10)]);
  });

  it('changes nothing when the same closed part comes again, also after its acknowledgment', () => {
    const { store, outbox } = open();
    store.commit({ closed: [part(3, 1500)], open: [] }, NOW);
    outbox.acknowledge([1]);
    expect(store.commit({ closed: [part(3, 1500)], open: [] }, NOW + 1)).toEqual([]);
    expect(outbox.depth()).toBe(0);
    expect(store.rollups(EVER)).toMatchObject([{ revision: 0 }]);
  });

  it('does not open again what is closed when a checkpoint comes late', () => {
    const { store } = open();
    store.commit({ closed: [part(3, 1500)], open: [] }, NOW);
    store.commit({ closed: [], open: [part(3, 900)] }, NOW);
    expect(store.openParts()).toEqual([]);
    expect(store.recover(NOW)).toEqual([]);
  });

  it('adds the part of a second run to a period that was published as partial', () => {
    const { store, outbox } = open();
    store.commit({ closed: [part(3, 1500, { partial: true, uptimeMs: 20_000 })], open: [] }, NOW);
    const second = part(3, 2500, { session: 'second', partial: true, uptimeMs: 30_000 });
    const [rollup] = store.commit({ closed: [second], open: [] }, NOW + 1);
    expect(rollup).toMatchObject({
      revision: 1,
      partial: true,
      uptimeMs: 50_000,
      audience: { personMs: 4000, entered: 2, present: 2 },
    });
    expect(outbox.next(9)).toEqual([{ id: 2, createdAt: NOW + 1, rollup }]);
  });

  it('writes one revision when several runs close the same period in one commit', () => {
    const { store } = open();
    const stored = store.commit({ closed: [part(3, 1), part(3, 2, { session: 'second' })], open: [] }, NOW);
    expect(stored).toMatchObject([{ revision: 0, audience: { personMs: 3 } }]);
  });
});

describe('recover', () => {
  it('adds a checkpoint to its rollup only when it is closed', () => {
    const { store } = open();
    store.commit({ closed: [part(3, 50, { session: 'second' })], open: [part(3, 900)] }, NOW);
    expect(store.rollups(EVER)).toMatchObject([{ revision: 0, audience: { personMs: 50 } }]);
    expect(store.recover(NOW)).toMatchObject([{ revision: 1, partial: true, audience: { personMs: 950 } }]);
  });

  it('closes what a killed run left open as partial', () => {
    const { store, outbox } = open();
    store.commit({ closed: [part(2, 700)], open: [part(3, 900, { uptimeMs: 15_000 })] }, NOW);
    const recovered = store.recover(NOW + 1);
    expect(recovered).toEqual([sumParts([part(3, 900, { uptimeMs: 15_000, partial: true })], 0)]);
    expect(store.openParts()).toEqual([]);
    expect(outbox.depth()).toBe(2);
    expect(store.recover(NOW + 2)).toEqual([]);
  });

  it('leads to revision 1 when the next run closes the same period', () => {
    const { store } = open();
    store.commit({ closed: [], open: [part(3, 900)] }, NOW);
    store.recover(NOW);
    const [rollup] = store.commit({ closed: [part(3, 50, { session: 'second', partial: true })], open: [] }, NOW);
    expect(rollup).toMatchObject({ revision: 1, partial: true, audience: { personMs: 950 } });
  });
});

it('returns the periods that begin in a range, in order', () => {
  const { store } = open();
  store.commit({ closed: [part(5, 1), part(3, 1), part(4, 1)], open: [] }, NOW);
  const from = (rollup: { from: number }) => rollup.from / MINUTE_MS;
  expect(store.rollups({ from: 3 * MINUTE_MS, to: 5 * MINUTE_MS }).map(from)).toEqual([3, 4]);
});

function open(): { store: RollupStore; outbox: Outbox } {
  const { database } = openDatabase(join(tempFolder(), 'onlooker.sqlite'), NOW);
  onTestFinished(() => {
    database.close();
  });
  return { store: new RollupStore(database), outbox: new Outbox(database) };
}
