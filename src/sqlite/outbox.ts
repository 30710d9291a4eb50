// The rollups that no broker has acknowledged yet, oldest first; they survive restarts and are bounded by age and number.
import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { Rollup } from '../audience/rollup.ts';
import { type RollupRow, rollupOf } from './rows.ts';
import { storing } from './storage-error.ts';

export type OutboxEntry = Readonly<{
  /** Never used twice, so an acknowledgement that comes late cannot hit a newer revision. */
  id: number;
  createdAt: number;
  /** The newest revision. */
  rollup: Rollup;
}>;

export type OutboxBounds = Readonly<{ maxAgeMs: number; maxRows: number }>;

type EntryRow = RollupRow & Readonly<{ id: number; created_at: number }>;

export class Outbox {
  readonly #database: Database;
  readonly #next: Statement<[number], EntryRow>;
  readonly #delete: Statement<[number]>;
  readonly #count: Statement<[], { depth: number }>;
  readonly #trim: Transaction<(bounds: OutboxBounds, nowAt: number) => number>;

  constructor(database: Database) {
    this.#database = database;
    this.#next = database.prepare(`
      SELECT outbox.id, outbox.created_at, rollup.* FROM outbox JOIN rollup USING (period, from_at)
      ORDER BY outbox.id LIMIT ?`);
    this.#delete = database.prepare('DELETE FROM outbox WHERE id = ?');
    this.#count = database.prepare('SELECT count(*) AS depth FROM outbox');
    const deleteOlder = database.prepare<[number]>('DELETE FROM outbox WHERE created_at < ?');
    const deleteSurplus = database.prepare<[number]>(
      'DELETE FROM outbox WHERE id <= (SELECT id FROM outbox ORDER BY id DESC LIMIT 1 OFFSET ?)',
    );
    this.#trim = database.transaction(
      ({ maxAgeMs, maxRows }, nowAt) => deleteOlder.run(nowAt - maxAgeMs).changes + deleteSurplus.run(maxRows).changes,
    );
  }

  next(limit: number): readonly OutboxEntry[] {
    return storing(this.#database.name, 'read', () =>
      this.#next.all(limit).map((row) => ({ id: row.id, createdAt: row.created_at, rollup: rollupOf(row) })),
    );
  }

  /** Removes what a broker took over; unknown ids are those that a newer revision has replaced. */
  acknowledge(id: number): void {
    storing(this.#database.name, 'store in', () => this.#delete.run(id));
  }

  depth(): number {
    return storing(this.#database.name, 'read', () => this.#count.get()?.depth ?? 0);
  }

  /** Gives up the oldest entries beyond the bounds and returns how many were lost. */
  trim(bounds: OutboxBounds, nowAt: number): number {
    return storing(this.#database.name, 'store in', () => this.#trim.immediate(bounds, nowAt));
  }
}
