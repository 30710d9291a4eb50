// A publisher with a clock, a log and an outbox in the hands of the test.
import { onTestFinished } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import { examples } from '../../src/contract/examples.ts';
import type { PayloadOf } from '../../src/contract/topics.ts';
import type { OutboxPort } from '../../src/mqtt/ports.ts';
import { Publisher, type PublisherOptions } from '../../src/mqtt/publisher.ts';
import { Refusals } from '../../src/mqtt/refusals.ts';
import { eventually } from '../support/eventually.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';

export const screen = { site: 'local', screen: 'lobby' };
export const prefix = 'onlooker/v1/local/lobby';

export type Rig = Readonly<{
  publisher: Publisher;
  clock: ManualClock;
  log: readonly string[];
  outbox: MemoryOutbox;
  /** What there is to be asked for again. */
  kept: Rollup[];
  /** What was told of plays. */
  plays: readonly PayloadOf<'play'>[];
  /** Waits for this state of the connection. */
  becomes(state: ReturnType<Publisher['status']>['state']): Promise<void>;
  /** Moves the clock past the pause before the next attempt until it succeeds. */
  reconnects(): Promise<void>;
}>;

export function startPublisher(options: Partial<PublisherOptions> & Pick<PublisherOptions, 'url'>): Rig {
  const clock = manualClock(MINUTE_AT + 70_000);
  const outbox = new MemoryOutbox();
  const kept: Rollup[] = [];
  const plays: PayloadOf<'play'>[] = [];
  const log: string[] = [];
  const write = (fields: Readonly<Record<string, unknown>>, message: string) => {
    log.push(`${message} ${JSON.stringify(fields)}`);
  };
  const logger = { info: write, warn: write };
  const publisher = new Publisher(
    {
      username: null,
      password: null,
      protocolVersion: 4,
      screen,
      session: 's1',
      ttlMs: 6000,
      listenMs: 0,
      isReplay: false,
      k: 1,
      ...options,
    },
    {
      clock,
      random: () => 0.5,
      logger,
      outbox,
      isStorageError,
      rollups: ({ from, to }, period, limit) =>
        kept.filter((rollup) => rollup.period === period && rollup.from >= from && rollup.from < to).slice(0, limit),
      play: (told) => {
        plays.push(told);
        return told.content === 'unknown' ? 'nothing is known of it' : null;
      },
      refusals: new Refusals(clock, logger),
    },
  );
  publisher.start();
  onTestFinished(async () => {
    let hasStopped = false;
    publisher.stop().then(() => {
      hasStopped = true;
    });
    await eventually(() => {
      clock.advance(1000);
      return hasStopped;
    }, Boolean);
  });
  const becomes = async (state: string) => {
    await eventually(
      () => publisher.status().state,
      (now) => now === state,
    );
  };
  const reconnects = async () => {
    await eventually(
      () => {
        if (publisher.status().state !== 'connected') clock.advance(30_000);
        return publisher.status().state;
      },
      (now) => now === 'connected',
    );
  };
  return { publisher, clock, log, outbox, kept, plays, becomes, reconnects };
}

/** Of the outbox of a test. */
export function isStorageError(error: unknown): boolean {
  return error instanceof Error && error.message.includes('disk');
}

export class MemoryOutbox implements OutboxPort {
  entries: readonly Readonly<{ id: number; rollup: Rollup }>[] = [];
  failure: Error | null = null;
  #nextId = 1;

  add(rollups: readonly Rollup[]): void {
    for (const rollup of rollups) {
      this.entries = [...this.entries, { id: this.#nextId, rollup }];
      this.#nextId += 1;
    }
  }

  next(limit: number, afterId: number): readonly Readonly<{ id: number; rollup: Rollup }>[] {
    return this.entries.filter(({ id }) => id > afterId).slice(0, limit);
  }

  acknowledge(ids: readonly number[]): void {
    if (this.failure !== null) throw this.failure;
    this.entries = this.entries.filter(({ id }) => !ids.includes(id));
  }

  depth(): number {
    return this.entries.length;
  }
}

const MINUTE_AT = Date.UTC(2026, 2, 14, 9, 26);

/** The rollup of the minute that begins `minute` minutes after MINUTE_AT. */
export function rollupOf(minute: number): Rollup {
  const from = MINUTE_AT + minute * 60_000;
  return {
    ...{ period: '1m', from, to: from + 60_000, offsetMs: 0 },
    ...{ revision: 0, partial: false, uptimeMs: 60_000, audience: null },
  };
}

export function minutes(count: number): readonly Rollup[] {
  return Array.from({ length: count }, (_, minute) => rollupOf(minute));
}

export function now(present: number, session = 's1'): PayloadOf<'now'> {
  return { ...examples.now, session, present, seq: present };
}

export function viewer(id: string): PayloadOf<'viewer'> {
  return { ...examples.viewer, id };
}

export function idsOf(texts: readonly Readonly<{ text: string }>[]): readonly string[] {
  // What a broker delivers is text; the tests of the contract check its form.
  return texts.map(({ text }) => (JSON.parse(text) as { id: string }).id);
}
