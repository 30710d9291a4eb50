// onlooker stats answers from the database of a daemon, which may be running, and says so where there is none.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databasePath } from '../../src/daemon/installation.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { cell, part } from '../sqlite/parts.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** 2026-03-14T09:26:00Z, in minutes. */
const MINUTE = Date.UTC(2026, 2, 14, 9, 26) / 60_000;
const DAY = ['--from', '2026-03-14T00:00Z', '--to', '2026-03-15T00:00Z'];

describe('without a database', () => {
  it('names the path and how to get one', async () => {
    const folder = tempFolder();
    const { code, stdout, stderr } = await runInProcess('stats', '--state', folder);
    expect([code, stdout]).toEqual([74, '']);
    expect(stderr).toContain(`There is no readable database at ${databasePath(folder)}`);
    expect(stderr).toContain('onlooker run');
  });

  it('wants the folder, not the file in it', async () => {
    const file = databasePath(busyFolder());
    expect(await runInProcess('stats', '--state', file)).toMatchObject({
      code: 74,
      stderr: expect.stringContaining(`${file} is a file: name the folder of the database.`),
    });
  });

  it('looks where the configuration or the system keeps the state', async () => {
    const folder = tempFolder();
    const before = process.env['STATE_DIRECTORY'];
    process.env['STATE_DIRECTORY'] = join(folder, 'of-the-service');
    onTestFinished(() => {
      if (before === undefined) delete process.env['STATE_DIRECTORY'];
      else process.env['STATE_DIRECTORY'] = before;
    });
    expect((await runInProcess('stats')).stderr).toContain(databasePath(join(folder, 'of-the-service')));
  });
});

describe('beside a daemon that writes', () => {
  it('prints the totals as JSON, those of the open minute as far as they are written', async () => {
    const { code, stdout } = await runInProcess('stats', '--state', busyFolder(), ...DAY, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      from: '2026-03-14T00:00:00.000Z',
      to: '2026-03-15T00:00:00.000Z',
      until: '2026-03-15T00:00:00.000Z',
      timezone: expect.any(String),
      periods: 3,
      partialPeriods: 1,
      uptimeSeconds: 150,
      amounts: { personSeconds: 60, attentionSeconds: 30, entered: 4, watchers: 4 },
      attentionRatio: 0.5,
      averageAudience: 0.4,
      ageGroups: [
        { name: 'child', personSeconds: 0 },
        { name: 'youngAdult', personSeconds: 40 },
        { name: 'adult', personSeconds: 0 },
        { name: 'senior', personSeconds: 20, attentionSeconds: 10, entered: 1, watchers: 1 },
        { name: 'unknown', personSeconds: 0 },
      ],
      genders: [
        { name: 'female', personSeconds: 40 },
        { name: 'male', personSeconds: 20 },
        { name: 'unknown', personSeconds: 0 },
      ],
      step: 'hour',
    });
  });

  it('prints a table by default, without colors where there is no terminal', async () => {
    const { code, stdout } = await runInProcess('stats', '--state', busyFolder(), ...DAY);
    expect(code).toBe(0);
    expect(stdout).toMatch(/person-seconds +60\.0/);
    expect(stdout).toMatch(/senior +20\.0 +█+/);
    expect(stdout).not.toContain('\u001b');
  });

  it('has no data about a time before, which is not nobody', async () => {
    const past = ['--from', '2026-03-01', '--to', '2026-03-02'];
    const { code, stdout } = await runInProcess('stats', '--state', busyFolder(), ...past, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ periods: 0, amounts: null, averageAudience: null, uptimeSeconds: 0 });
    expect((await runInProcess('stats', '--state', busyFolder(), ...past)).stdout).toContain('No data');
  });
});

it('adds what a second run has measured so far of a minute that the first one has closed', async () => {
  const folder = tempFolder();
  const { database } = openDatabase(databasePath(folder), 0);
  onTestFinished(() => {
    database.close();
  });
  const store = new RollupStore(database);
  store.commit({ closed: [part(MINUTE, 0, { cells: [cell(15_000)], partial: true })], open: [] }, 0);
  store.commit({ closed: [], open: [part(MINUTE, 0, { session: 'second', cells: [cell(7000)], partial: true })] }, 0);
  const { stdout } = await runInProcess('stats', '--state', folder, ...DAY, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ periods: 1, amounts: { personSeconds: 22 } });
});

it('counts no minute in which no daemon was there', async () => {
  const folder = tempFolder();
  const { database } = openDatabase(databasePath(folder), 0);
  onTestFinished(() => {
    database.close();
  });
  const store = new RollupStore(database);
  store.commit({ closed: [part(MINUTE, 0, { cells: [cell(15_000)] })], open: [] }, 0);
  store.commit({ closed: [part(MINUTE + 9, 0, { cells: [cell(7000)] })], open: [] }, 0);
  expect(store.rollups({ from: 0, to: Number.MAX_SAFE_INTEGER })).toHaveLength(10);
  const { stdout } = await runInProcess('stats', '--state', folder, ...DAY, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ periods: 2, partialPeriods: 0, amounts: { personSeconds: 22 } });
});

/** A database that stays open, with two closed minutes and a half one. */
function busyFolder(): string {
  const folder = join(tempFolder(), 'state');
  mkdirSync(folder);
  const { database } = openDatabase(databasePath(folder), 0);
  onTestFinished(() => {
    database.close();
  });
  const women = cell(15_000, { ageGroup: 'youngAdult' });
  const man = cell(20_000, { ageGroup: 'senior', gender: 'male' });
  const closed = [part(MINUTE, 0, { cells: [women] }), part(MINUTE + 1, 0, { cells: [women, man] })];
  const open = [
    part(MINUTE + 2, 0, { cells: [cell(10_000, { ageGroup: 'youngAdult' })], uptimeMs: 30_000, partial: true }),
  ];
  new RollupStore(database).commit({ closed, open }, 0);
  return folder;
}
