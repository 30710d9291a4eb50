// Stores what was measured of each period and keeps its rollup and outbox row true to it, in one transaction per commit.
import type { Database, Statement, Transaction } from 'better-sqlite3';
import { type Calendar, utcDay } from '../audience/longer-periods.ts';
import { type PeriodName, type PeriodPart, type Rollup, sumParts } from '../audience/rollup.ts';
import { CompleteHistory } from './complete-history.ts';
import { NO_LIMIT, RollupTable, type TimeRange } from './rollup-table.ts';
import { type PartRow, partOf, partRow } from './rows.ts';
import { storing } from './storage-error.ts';

export type PeriodChanges = Readonly<{
  /** Parts that are final. */
  closed: readonly PeriodPart[];
  /** The parts of periods that still run: a checkpoint, so that a power cut costs no more than the time since. */
  open: readonly PeriodPart[];
}>;

type PeriodKey = Pick<PartRow, 'period' | 'from_at'>;

export class RollupStore {
  readonly #database: Database;
  readonly #table: RollupTable;
  readonly #history: CompleteHistory;
  readonly #writePart: Statement<[PartRow]>;
  readonly #partsOfPeriod: Statement<[PeriodKey], PartRow>;
  readonly #openParts: Statement<[], PartRow>;
  readonly #closeOpenParts: Statement<[], PeriodKey>;
  readonly #commit: Transaction<(changes: PeriodChanges, nowAt: number) => readonly Rollup[]>;
  readonly #recover: Transaction<(nowAt: number) => readonly Rollup[]>;

  /** The calendar says where days begin. */
  constructor(database: Database, calendar: Calendar = utcDay) {
    this.#database = database;
    this.#table = new RollupTable(database);
    this.#history = new CompleteHistory(this.#table, calendar);
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
   * Stores the changes whole or not at all and returns the rollups that are new or revised: the minutes, those of nulls
   * before them, and the longer periods that are over. Committing the same closed parts again changes nothing, so the
   * caller repeats them after a StorageError.
   */
  commit(changes: PeriodChanges, nowAt: number): readonly Rollup[] {
    return storing(this.#database.name, 'store in', () => this.#commit.immediate(changes, nowAt));
  }

  /** Closes as partial what a run that was killed left open. To be called once at the start, before the first commit. */
  recover(nowAt: number): readonly Rollup[] {
    return storing(this.#database.name, 'recover', () => this.#recover.immediate(nowAt));
  }

  /** Those that begin in the range, in order; at most `limit`, the oldest of them. */
  rollups(range: TimeRange, period: PeriodName = '1m', limit = NO_LIMIT): readonly Rollup[] {
    return storing(this.#database.name, 'read', () => this.#table.range(period, range, limit));
  }

  /** Minutes, and the whole hour where some or all of its minutes have been deleted because of their age. */
  history(range: TimeRange): readonly Rollup[] {
    return storing(this.#database.name, 'read', () => {
      const hours = this.#table.hoursOfDeletedMinutes(range);
      const inOrder = [...hours, ...this.#table.range('1m', range)].sort((a, b) => a.from - b.from);
      let hourEnds = Number.NEGATIVE_INFINITY;
      return inOrder.filter(({ period, from, to }) => {
        if (period === '1h') hourEnds = to;
        return period === '1h' || from >= hourEnds;
      });
    });
  }

  openParts(): readonly PeriodPart[] {
    return storing(this.#database.name, 'read', () => this.#openParts.all().map(partOf));
  }

  #revise(periods: readonly PeriodKey[], nowAt: number): readonly Rollup[] {
    const inOrder = [...periods].sort((a, b) => a.from_at - b.from_at);
    const minutes = inOrder.flatMap((key) => {
      const [first, ...others] = this.#partsOfPeriod.all(key).map(partOf);
      return first === undefined ? [] : [sumParts([first, ...others], 0)];
    });
    return this.#history.write(minutes, nowAt);
  }
}
