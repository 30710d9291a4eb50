// Deletes what is kept long enough, a little at a time, and gives the room back to the disk.
import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { PeriodName } from '../audience/rollup.ts';
import { storing } from './storage-error.ts';

export type RetentionDays = Readonly<{ minutes: number; longer: number }>;

type Doomed = Readonly<{ period: PeriodName; from_at: number }>;

const PER_DAY: readonly (readonly [PeriodName, number])[] = [
  ['1m', 1440],
  ['15m', 96],
  ['1h', 24],
  ['1d', 1],
];
/** Some milliseconds of work. */
const BATCH = 500;
/** More than a batch can free: 2 MB in pages of 4 kB. */
const PAGES = 512;

export class Retention {
  readonly #database: Database;
  readonly #newestDoomed: Statement<[PeriodName, number], { from_at: number }>;
  readonly #doomed: Statement<[PeriodName, number, number], Doomed>;
  readonly #delete: Transaction<(days: RetentionDays) => number>;

  constructor(database: Database) {
    this.#database = database;
    this.#newestDoomed = database.prepare(
      'SELECT from_at FROM rollup WHERE period = ? ORDER BY from_at DESC LIMIT 1 OFFSET ?',
    );
    this.#doomed = database.prepare(`
      SELECT period, from_at FROM rollup WHERE period = ? AND from_at <= ?
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.period = rollup.period AND outbox.from_at = rollup.from_at)
      ORDER BY from_at LIMIT ?`);
    const deleteParts = database.prepare<[Doomed]>('DELETE FROM part WHERE period = @period AND from_at = @from_at');
    const deleteRollup = database.prepare<[Doomed]>('DELETE FROM rollup WHERE period = @period AND from_at = @from_at');
    this.#delete = database.transaction((days) => {
      const doomed = this.#doomedRows(days);
      for (const one of doomed) {
        deleteParts.run(one);
        deleteRollup.run(one);
      }
      return doomed.length;
    });
  }

  /**
   * Deletes one batch of the oldest rollups beyond these days, but none that waits in the outbox; returns how many.
   * Days are counted in rows, of which there is one for every period whether observed or not: a clock that is wrong
   * deletes nothing.
   */
  deleteSome(days: RetentionDays): number {
    return storing(this.#database.name, 'store in', () => {
      const deleted = this.#delete.immediate(days);
      if (deleted > 0) this.#database.pragma(`incremental_vacuum(${PAGES})`);
      return deleted;
    });
  }

  #doomedRows({ minutes, longer }: RetentionDays): readonly Doomed[] {
    const rows: Doomed[] = [];
    for (const [period, perDay] of PER_DAY) {
      const kept = (period === '1m' ? minutes : longer) * perDay;
      const newest = this.#newestDoomed.get(period, kept);
      if (newest !== undefined) rows.push(...this.#doomed.all(period, newest.from_at, BATCH - rows.length));
    }
    return rows;
  }
}
