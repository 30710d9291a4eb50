// Keeps the rollups: a change is a new revision, which in the outbox replaces the one that waits.
import { isDeepStrictEqual } from 'node:util';
import type { Database, Statement } from 'better-sqlite3';
import type { PeriodName, Rollup } from '../audience/rollup.ts';
import { type RollupRow, rollupOf, rollupRow } from './rows.ts';

/** From `from` up to, but not including, `to`; Unix milliseconds. */
export type TimeRange = Readonly<{ from: number; to: number }>;

/** What a rollup and its row in the outbox take in the database, but for its cells: measured, with the indexes. */
const ROW_BYTES = 150;
/** To SQLite, a negative limit is none. */
export const NO_LIMIT = -1;

export class RollupTable {
  readonly #write: Statement<[RollupRow]>;
  readonly #get: Statement<[PeriodName, number], RollupRow>;
  readonly #range: Statement<[PeriodName, number, number, number], RollupRow>;
  readonly #hoursOfDeletedMinutes: Statement<[TimeRange], RollupRow>;
  readonly #before: Statement<[PeriodName, number], RollupRow>;
  readonly #enqueue: Statement<[PeriodName, number, number, number]>;

  constructor(database: Database) {
    // A revision gets the next rowid, too: in their order lies when each was written last, whatever the clock showed.
    this.#write = database.prepare(`
      INSERT INTO rollup (period, from_at, to_at, offset_ms, revision, partial, uptime_ms,
        person_ms, attention_ms, entered, watchers, present, split_by_restart, cells)
      VALUES (@period, @from_at, @to_at, @offset_ms, @revision, @partial, @uptime_ms,
        @person_ms, @attention_ms, @entered, @watchers, @present, @split_by_restart, @cells)
      ON CONFLICT DO UPDATE SET rowid = (SELECT max(rowid) + 1 FROM rollup),
        revision = excluded.revision, partial = excluded.partial,
        uptime_ms = excluded.uptime_ms, person_ms = excluded.person_ms, attention_ms = excluded.attention_ms,
        entered = excluded.entered, watchers = excluded.watchers, present = excluded.present,
        split_by_restart = excluded.split_by_restart, cells = excluded.cells`);
    this.#get = database.prepare('SELECT * FROM rollup WHERE period = ? AND from_at = ?');
    this.#range = database.prepare(
      'SELECT * FROM rollup WHERE period = ? AND from_at >= ? AND from_at < ? ORDER BY from_at LIMIT ?',
    );
    // An hour was observed no longer than its minutes, unless some of those are gone.
    this.#hoursOfDeletedMinutes = database.prepare(`
      SELECT * FROM rollup AS hour WHERE period = '1h' AND from_at >= @from AND from_at < @to AND coalesce((
        SELECT hour.to_at <= @to AND hour.uptime_ms > sum(uptime_ms) FROM rollup
        WHERE period = '1m' AND from_at >= hour.from_at AND from_at < hour.to_at HAVING count(*) > 0), 1)
      ORDER BY from_at`);
    this.#before = database.prepare(
      'SELECT * FROM rollup WHERE period = ? AND from_at < ? ORDER BY from_at DESC LIMIT 1',
    );
    // Replaces the row of an older revision under a new id: only the newest has to be sent.
    this.#enqueue = database.prepare(
      'INSERT OR REPLACE INTO outbox (period, from_at, created_at, bytes) VALUES (?, ?, ?, ?)',
    );
  }

  get(period: PeriodName, from: number): Rollup | null {
    const row = this.#get.get(period, from);
    return row === undefined ? null : rollupOf(row);
  }

  /** Those that begin in the range, in order. */
  range(period: PeriodName, { from, to }: TimeRange, limit = NO_LIMIT): readonly Rollup[] {
    return this.#range.all(period, from, to, limit).map(rollupOf);
  }

  /** The hours that begin in the range and whose minutes are not all kept any more, in order; one that ends later only when none is. */
  hoursOfDeletedMinutes(range: TimeRange): readonly Rollup[] {
    return this.#hoursOfDeletedMinutes.all(range).map(rollupOf);
  }

  /** The last one that begins before an instant. */
  before(period: PeriodName, at: number): Rollup | null {
    const row = this.#before.get(period, at);
    return row === undefined ? null : rollupOf(row);
  }

  /** Returns what was written; null when the same is there already, whatever its revision. */
  revise(content: Rollup): Rollup | null {
    const stored = this.get(content.period, content.from);
    if (stored !== null && isDeepStrictEqual({ ...content, revision: stored.revision }, stored)) return null;
    const rollup = { ...content, revision: stored === null ? 0 : stored.revision + 1 };
    this.#write.run(rollupRow(rollup));
    return rollup;
  }

  enqueue({ period, from, audience }: Rollup, nowAt: number): void {
    const cellBytes = audience === null ? 0 : JSON.stringify(audience.cells).length;
    this.#enqueue.run(period, from, nowAt, ROW_BYTES + cellBytes);
  }
}
