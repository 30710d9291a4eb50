// Keeps what was measured of the periods until it is stored, also while the database cannot be written.
import type { PeriodPart, Rollup } from '../../audience/rollup.ts';
import { StorageError } from '../../sqlite/storage-error.ts';
import type { Logger } from '../logger.ts';
import type { StorePort } from './ports.ts';

export type PartKeeperPorts = Readonly<{ logger: Logger; store: StorePort }>;

/** Parts that could not be written are kept until the database works again: a week of minutes. */
const MAX_UNWRITTEN = 10_080;

export class PartKeeper {
  readonly #commitEveryMs: number;
  readonly #ports: PartKeeperPorts;
  #unwritten: readonly PeriodPart[] = [];
  #committedAt: number | null = null;
  #storage: 'ok' | 'failing' = 'ok';

  constructor(commitEveryMs: number, ports: PartKeeperPorts) {
    this.#commitEveryMs = commitEveryMs;
    this.#ports = ports;
  }

  get storage(): 'ok' | 'failing' {
    return this.#storage;
  }

  /**
   * Takes in what has closed, and commits it with a checkpoint of what is open; that alone is committed at intervals, on the
   * clock of the observations, so that a replay commits at the same places. Returns the rollups, or null for no commit.
   */
  took(closed: readonly PeriodPart[], open: () => readonly PeriodPart[], at: number): readonly Rollup[] | null {
    this.#keep(closed);
    this.#committedAt ??= at;
    if (closed.length === 0 && at - this.#committedAt < this.#commitEveryMs) return null;
    this.#committedAt = at;
    return this.#commit(open());
  }

  /** Nothing will be observed any more: what is not written yet is tried once more. */
  finish(): readonly Rollup[] | null {
    return this.#unwritten.length === 0 ? null : this.#commit([]);
  }

  /** The oldest go first when the database cannot be written for a week. */
  #keep(closed: readonly PeriodPart[]): void {
    const all = [...this.#unwritten, ...closed];
    this.#unwritten = all.slice(-MAX_UNWRITTEN);
    const lost = all.length - this.#unwritten.length;
    if (lost > 0) this.#ports.logger.error({ lost }, 'gave up parts that could not be stored for a week');
  }

  #commit(open: readonly PeriodPart[]): readonly Rollup[] | null {
    const { logger, store } = this.#ports;
    const closed = this.#unwritten;
    try {
      const written = store.commit({ closed, open });
      this.#unwritten = [];
      if (this.#storage === 'failing') logger.info({ parts: closed.length }, 'storing resumed');
      this.#storage = 'ok';
      return written;
    } catch (error) {
      // All else is a bug, which no waiting mends.
      if (!(error instanceof StorageError)) throw error;
      if (this.#storage === 'ok') {
        logger.error({ err: error }, 'cannot store; live publishing goes on, the parts are kept in memory');
      }
      this.#storage = 'failing';
      return null;
    }
  }
}
