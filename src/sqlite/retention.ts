// Deletes what is kept long enough, a little at a time, and gives the room back to the disk.
import type { Database, Statement, Transaction } from 'better-sqlite3';
import { PERIOD_MS, PERIODS, type PeriodName } from '../audience/rollup.ts';
import { DAY_MS } from '../audience/time-units.ts';
import { storing } from './storage-error.ts';

export type RetentionDays = Readonly<{ minutes: number; longer: number }>;

type Doomed = Readonly<{ period: PeriodName; from_at: number }>;

/** Some milliseconds of work. */
const BATCH = 500;
/** More than a batch can free: 2 MB in pages of 4 kB. */
const PAGES = 512;

export class Retention {
  readonly #database: Database;
  readonly #count: Statement<[PeriodName], { rows: number }>;
  readonly #doomed: Statement<[PeriodName, number, number], Doomed>;
  readonly #delete: Transaction<(days: RetentionDays) => number>;

  constructor(database: Database) {
    this.#database = database;
    this.#count = database.prepare('SELECT count(*) AS rows FROM rollup WHERE period = ?');
    this.#doomed = database.prepare(`
      SELECT period, from_at FROM
        (SELECT period, from_at, rowid AS written FROM rollup WHERE period = ? ORDER BY rowid LIMIT ?) AS surplus
      WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.period = surplus.period AND outbox.from_at = surplus.from_at)
      ORDER BY written LIMIT ?`);
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
   * Deletes one batch of the rollups beyond these days, but none that waits in the outbox; returns how many. Days are counted
   * in rows, of which there is one for every period whether observed or not, and the oldest are those that were written first:
   * what a wrong clock has stamped, years ahead or behind, takes no more room than what was measured in that time.
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
    for (const period of PERIODS) {
      const kept = ((period === '1m' ? minutes : longer) * DAY_MS) / PERIOD_MS[period];
      const surplus = (this.#count.get(period)?.rows ?? 0) - kept;
      // To SQLite, a negative limit is none.
      if (surplus > 0) rows.push(...this.#doomed.all(period, surplus, BATCH - rows.length));
    }
    return rows;
  }
}
