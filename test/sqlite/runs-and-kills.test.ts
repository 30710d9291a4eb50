// Property: whatever the order of runs, stops and power cuts, no committed part is lost or doubled.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PeriodPart, Rollup } from '../../src/audience/rollup.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { MINUTE_MS, part } from './parts.ts';

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

const step = fc.oneof(
  fc.record({ kind: fc.constant('watch' as const), personMs: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({ kind: fc.constantFrom('minute', 'commit', 'commit again', 'deliver', 'stop', 'power cut') }),
);

it('keeps every committed part exactly once', () => {
  const folder = tempFolder();
  let number = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      number += 1;
      const house = new House(join(folder, String(number)));
      try {
        for (const one of steps) house.take(one);
        house.take({ kind: 'power cut' });
        house.check();
      } finally {
        house.close();
      }
    }),
    { numRuns: 60 },
  );
});

function nameOf({ period, from }: Rollup): string {
  return `${period} ${from / MINUTE_MS}`;
}

function byName(a: Rollup, b: Rollup): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

/** One screen through its runs, beside it what a careful bookkeeper expects. */
class House {
  readonly #folder: string;
  readonly #expected = new Map<number, Map<string, number>>();
  /** The revision of each period. */
  readonly #delivered = new Map<string, number>();
  #database: Database | null = null;
  #boots = 0;
  #minute = 1;
  #personMs = 0;
  #unstored: PeriodPart[] = [];
  #closedBefore: readonly PeriodPart[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, '0'), { recursive: true });
    this.#boot();
  }

  take(one: { kind: string; personMs?: number }): void {
    if (one.kind === 'watch') this.#personMs += one.personMs ?? 0;
    if (one.kind === 'minute') this.#closeMinute(false);
    if (one.kind === 'commit') this.#commit(this.#openPart(false));
    if (one.kind === 'commit again') this.#store().commit({ closed: this.#closedBefore, open: [] }, 0);
    if (one.kind === 'deliver') this.#deliver();
    if (one.kind === 'stop') this.#stop();
    if (one.kind === 'power cut') this.#cutPower();
  }

  check(): void {
    const rollups = this.#store().rollups(EVER);
    expect(rollups.map((rollup) => [rollup.from / MINUTE_MS, rollup.audience?.personMs])).toEqual(
      [...this.#expected.entries()]
        .sort(([a], [b]) => a - b)
        .map(([minute, parts]) => [minute, [...parts.values()].reduce((sum, personMs) => sum + personMs, 0)]),
    );
    expect(this.#store().openParts()).toEqual([]);
    const quarters = this.#store().rollups(EVER, '15m');
    for (const { from, to, audience } of quarters) {
      const inside = rollups.filter((minute) => minute.from >= from && minute.from < to);
      expect(audience?.personMs).toBe(inside.reduce((sum, minute) => sum + (minute.audience?.personMs ?? 0), 0));
    }
    const waiting = [...rollups, ...quarters].filter(
      (rollup) => this.#delivered.get(nameOf(rollup)) !== rollup.revision,
    );
    const queued = new Outbox(this.#opened()).next(1000).map((entry) => entry.rollup);
    expect(queued.sort(byName)).toEqual(waiting.sort(byName));
  }

  close(): void {
    this.#database?.close();
  }

  #boot(): void {
    this.#database = openDatabase(join(this.#folder, String(this.#boots), 'onlooker.sqlite'), 0).database;
    this.#store().recover(0);
  }

  #openPart(partial: boolean): PeriodPart {
    return part(this.#minute, this.#personMs, { session: `run ${this.#boots}`, partial });
  }

  #closeMinute(partial: boolean): void {
    this.#unstored.push(this.#openPart(partial));
    this.#minute += 1;
    this.#personMs = 0;
  }

  #commit(open: PeriodPart | null): void {
    this.#store().commit({ closed: this.#unstored, open: open === null ? [] : [open] }, 0);
    for (const stored of [...this.#unstored, ...(open === null ? [] : [open])]) {
      const parts = this.#expected.get(stored.from / MINUTE_MS) ?? new Map<string, number>();
      parts.set(stored.session, stored.cells[0]?.personMs ?? 0);
      this.#expected.set(stored.from / MINUTE_MS, parts);
    }
    this.#closedBefore = this.#unstored;
    this.#unstored = [];
  }

  #deliver(): void {
    const outbox = new Outbox(this.#opened());
    for (const { id, rollup } of outbox.next(2)) {
      expect(this.#delivered.get(nameOf(rollup)) ?? -1).toBeLessThan(rollup.revision);
      this.#delivered.set(nameOf(rollup), rollup.revision);
      outbox.acknowledge([id]);
    }
  }

  /** The minute goes on in the next run. */
  #stop(): void {
    this.#closeMinute(true);
    this.#minute -= 1;
    this.#commit(null);
    this.#cutPower();
  }

  /** What is on disk at this moment is all that the next run finds. */
  #cutPower(): void {
    const before = join(this.#folder, String(this.#boots));
    this.#boots += 1;
    const after = join(this.#folder, String(this.#boots));
    cpSync(before, after, { recursive: true, filter: (path) => !path.endsWith('-shm') });
    this.close();
    this.#personMs = 0;
    this.#unstored = [];
    this.#closedBefore = [];
    this.#boot();
  }

  #store(): RollupStore {
    return new RollupStore(this.#opened());
  }

  #opened(): Database {
    if (this.#database === null) throw new Error('no run has begun');
    return this.#database;
  }
}
