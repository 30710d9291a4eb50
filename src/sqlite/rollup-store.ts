// Stores what was measured of each period and keeps its rollup and outbox row true to it, in one transaction per commit.
import { isDeepStrictEqual } from 'node:util';
import type { Database, Statement, Transaction } from 'better-sqlite3';
import { type PeriodName, type PeriodPart, type Rollup, sumParts } from '../audience/rollup.ts';
import { type PartRow, partOf, partRow, type RollupRow, rollupOf, rollupRow } from './rows.ts';
import { storing } from './storage-error.ts';

export type PeriodChanges = Readonly<{
  /** Parts that are final. */
  closed: readonly PeriodPart[];
  /** The parts of periods that still run: a checkpoint, so that a power cut costs no more than the time since. */
  open: readonly PeriodPart[];
}>;

/** From `from` up to, but not including, `to`; Unix milliseconds. */
export type TimeRange = Readonly<{ from: number; to: number }>;

type PeriodKey = Pick<PartRow, 'period' | 'from_at'>;

export class RollupStore {
  readonly #database: Database;
  readonly #writePart: Statement<[PartRow]>;
  readonly #partsOfPeriod: Statement<[PeriodKey], PartRow>;
  readonly #openParts: Statement<[], PartRow>;
  readonly #closeOpenParts: Statement<[], PeriodKey>;
  readonly #writeRollup: Statement<[RollupRow]>;
  readonly #rollupOfPeriod: Statement<[PeriodKey], RollupRow>;
  readonly #rollups: Statement<[number, number], RollupRow>;
  readonly #enqueue: Statement<[PeriodName, number, number]>;
  readonly #commit: Transaction<(changes: PeriodChanges, nowAt: number) => readonly Rollup[]>;
  readonly #recover: Transaction<(nowAt: number) => readonly Rollup[]>;

  constructor(database: Database) {
    this.#database = database;
    // A late checkpoint must not open again what was closed.
    this.#writePart = database.prepare(`
      INSERT INTO part (period, from_at, to_at, session, closed, partial, uptime_ms, present, split_by_restart, cells)
      VALUES (@period, @from_at, @to_at, @session, @closed, @partial, @uptime_ms, @present, @split_by_restart, @cells)
      ON CONFLICT DO UPDATE SET closed = excluded.closed, partial = excluded.partial, uptime_ms = excluded.uptime_ms,
        present = excluded.present, split_by_restart = excluded.split_by_restart, cells = excluded.cells
      WHERE excluded.closed = 1 OR closed = 0`);
    this.#partsOfPeriod = database.prepare(
      'SELECT * FROM part WHERE period = @period AND from_at = @from_at AND closed = 1 ORDER BY session',
    );
    this.#openParts = database.prepare('SELECT * FROM part WHERE closed = 0 ORDER BY from_at, session');
    this.#closeOpenParts = database.prepare(
      'UPDATE part SET closed = 1, partial = 1 WHERE closed = 0 RETURNING period, from_at',
    );
    this.#writeRollup = database.prepare(`
      INSERT INTO rollup (period, from_at, to_at, revision, partial, uptime_ms,
        person_ms, attention_ms, entered, watchers, present, split_by_restart, cells)
      VALUES (@period, @from_at, @to_at, @revision, @partial, @uptime_ms,
        @person_ms, @attention_ms, @entered, @watchers, @present, @split_by_restart, @cells)
      ON CONFLICT DO UPDATE SET revision = excluded.revision, partial = excluded.partial,
        uptime_ms = excluded.uptime_ms, person_ms = excluded.person_ms, attention_ms = excluded.attention_ms,
        entered = excluded.entered, watchers = excluded.watchers, present = excluded.present,
        split_by_restart = excluded.split_by_restart, cells = excluded.cells`);
    this.#rollupOfPeriod = database.prepare('SELECT * FROM rollup WHERE period = @period AND from_at = @from_at');
    this.#rollups = database.prepare('SELECT * FROM rollup WHERE from_at >= ? AND from_at < ? ORDER BY from_at');
    // Replaces the row of an older revision under a new id: only the newest has to be sent.
    this.#enqueue = database.prepare('INSERT OR REPLACE INTO outbox (period, from_at, created_at) VALUES (?, ?, ?)');
    this.#commit = database.transaction(({ closed, open }, nowAt) => {
      for (const part of closed) this.#writePart.run(partRow(part, true));
      for (const part of open) this.#writePart.run(partRow(part, false));
      return this.#revise(
        closed.map((part) => ({ period: part.period, from_at: part.from })),
        nowAt,
      );
    });
    this.#recover = database.transaction((nowAt) => this.#revise(this.#closeOpenParts.all(), nowAt));
  }

  /**
   * Stores the changes whole or not at all and returns the rollups that are new or revised. Committing the same closed
   * parts again changes nothing, so the caller repeats them after a StorageError.
   */
  commit(changes: PeriodChanges, nowAt: number): readonly Rollup[] {
    return storing(this.#database.name, 'store in', () => this.#commit.immediate(changes, nowAt));
  }

  /** Closes as partial what a run that was killed left open. To be called once at the start, before the first commit. */
  recover(nowAt: number): readonly Rollup[] {
    return storing(this.#database.name, 'recover', () => this.#recover.immediate(nowAt));
  }

  rollups({ from, to }: TimeRange): readonly Rollup[] {
    return storing(this.#database.name, 'read', () => this.#rollups.all(from, to).map(rollupOf));
  }

  openParts(): readonly PeriodPart[] {
    return storing(this.#database.name, 'read', () => this.#openParts.all().map(partOf));
  }

  #revise(periods: readonly PeriodKey[], nowAt: number): readonly Rollup[] {
    return periods.flatMap((key) => {
      const [first, ...others] = this.#partsOfPeriod.all(key).map(partOf);
      if (first === undefined) return [];
      const stored = this.#rollupOfPeriod.get(key);
      const rollup = sumParts([first, ...others], stored === undefined ? 0 : stored.revision + 1);
      if (stored !== undefined && isDeepStrictEqual({ ...rollup, revision: stored.revision }, rollupOf(stored)))
        return [];
      this.#writeRollup.run(rollupRow(rollup));
      this.#enqueue.run(rollup.period, rollup.from, nowAt);
      return [rollup];
    });
  }
}
