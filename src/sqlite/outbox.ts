// The rollups that no broker has acknowledged yet, oldest first; they survive restarts and are bounded by age, number and bytes.
import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { Rollup } from '../audience/rollup.ts';
import { MINUTE_MS } from '../audience/time-units.ts';
import { type RollupRow, rollupOf } from './rows.ts';
import { storing } from './storage-error.ts';

export type OutboxEntry = Readonly<{
  /** Never used twice, so an acknowledgment that comes late cannot hit a newer revision. */
  id: number;
  createdAt: number;
  /** The newest revision. */
  rollup: Rollup;
}>;

export type OutboxBounds = Readonly<{ maxAgeMs: number; maxRows: number; maxBytes: number }>;

type EntryRow = RollupRow & Readonly<{ id: number; created_at: number }>;

export class Outbox {
  readonly #database: Database;
  readonly #next: Statement<[number, number], EntryRow>;
  readonly #acknowledge: Transaction<(ids: readonly number[]) => void>;
  readonly #count: Statement<[], { depth: number }>;
  readonly #trim: Transaction<(bounds: OutboxBounds, nowAt: number) => number>;

  constructor(database: Database) {
    this.#database = database;
    this.#next = database.prepare(`
      SELECT outbox.id, outbox.created_at, rollup.* FROM outbox JOIN rollup USING (period, from_at)
      WHERE outbox.id > ? ORDER BY outbox.id LIMIT ?`);
    const deleteOne = database.prepare<[number]>('DELETE FROM outbox WHERE id = ?');
    this.#acknowledge = database.transaction((ids) => {
      for (const id of ids) deleteOne.run(id);
    });
    this.#count = database.prepare('SELECT count(*) AS depth FROM outbox');
    // One row is written a minute or more: a clock that was set forward makes rows old, but does not make more of them.
    const deleteOlder = database.prepare<[number, number]>(
      'DELETE FROM outbox WHERE created_at < ? AND id <= (SELECT max(id) FROM outbox) - ?',
    );
    const deleteSurplus = database.prepare<[number]>(
      'DELETE FROM outbox WHERE id <= (SELECT id FROM outbox ORDER BY id DESC LIMIT 1 OFFSET ?)',
    );
    const bytes = database.prepare<[], { held: number }>('SELECT ifnull(sum(bytes), 0) AS held FROM outbox');
    const deleteBulk = database.prepare<[number]>(`
      DELETE FROM outbox WHERE id <= (
        SELECT max(id) FROM (SELECT id, sum(bytes) OVER (ORDER BY id DESC) AS held FROM outbox) WHERE held > ?)`);
    this.#trim = database.transaction(({ maxAgeMs, maxRows, maxBytes }, nowAt) => {
      const old = deleteOlder.run(nowAt - maxAgeMs, Math.floor(maxAgeMs / MINUTE_MS)).changes;
      const surplus = deleteSurplus.run(maxRows).changes;
      const isBulky = (bytes.get()?.held ?? 0) > maxBytes;
      return old + surplus + (isBulky ? deleteBulk.run(maxBytes).changes : 0);
    });
  }

  /** Of those that come after `afterId`. */
  next(limit: number, afterId = 0): readonly OutboxEntry[] {
    return storing(this.#database.name, 'read', () =>
      this.#next.all(afterId, limit).map((row) => ({ id: row.id, createdAt: row.created_at, rollup: rollupOf(row) })),
    );
  }

  /** Removes what a broker took over; unknown ids are those that a newer revision has replaced. */
  acknowledge(ids: readonly number[]): void {
    storing(this.#database.name, 'store in', () => this.#acknowledge.immediate(ids));
  }

  depth(): number {
    return storing(this.#database.name, 'read', () => this.#count.get()?.depth ?? 0);
  }

  /** Gives up the oldest entries beyond the bounds and returns how many were lost. */
  trim(bounds: OutboxBounds, nowAt: number): number {
    return storing(this.#database.name, 'store in', () => this.#trim.immediate(bounds, nowAt));
  }
}
