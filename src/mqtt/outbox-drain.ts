// Delivers the rollups that wait in the outbox, a window at a time, and deletes each only when the broker has taken it over.
import type { Rollup } from '../audience/rollup.ts';
import type { RollupEvent } from '../contract/event-payloads.ts';
import { rollupEvent } from '../contract/events.ts';
import type { Screen } from '../contract/topics.ts';
import type { Clock, Logger, OutboxPort } from './ports.ts';

export type OutboxDrainPorts = Readonly<{
  /** What is played again is history, however young it is. */
  alwaysHistorical: boolean;
  clock: Clock;
  logger: Logger;
  outbox: OutboxPort;
  /** Resolves when the broker has taken the rollup over; null when there is no connection. */
  send(event: RollupEvent): Promise<void> | null;
}>;

/** Below the receive maximum of the common brokers (mosquitto: 20), with room for the other messages. */
const WINDOW = 16;
/** Deleted in one transaction while there is more to send: a transaction writes 8 kB to the card, whatever it deletes. */
const DELETED_TOGETHER = 8;
/** A period is told within seconds of its end, whatever its length, unless something was in the way. */
const HISTORICAL_AFTER_MS = 120_000;

export class OutboxDrain {
  readonly #screen: Screen;
  readonly #ports: OutboxDrainPorts;
  #isOpen = false;
  /** Which connection it is: what one is asked on an earlier connection is no answer on this one. */
  #connection = 0;
  readonly #inFlight = new Set<number>();
  /** What the broker has taken over and is still to be deleted. */
  #taken: readonly number[] = [];
  /** The newest that was sent; what comes after it waits. */
  #sentTo = 0;
  /** Then everything waits for the next kick, so that a broker that refuses is not asked in a circle. */
  #hasFailed = false;
  #problem: string | null = null;

  constructor(screen: Screen, ports: OutboxDrainPorts) {
    this.#screen = screen;
    this.#ports = ports;
  }

  /** There is a connection. */
  open(): void {
    this.#isOpen = true;
    this.#sentTo = 0;
    this.kick();
  }

  /** The connection is gone; what was in flight is sent again on the next one. */
  close(): void {
    this.#isOpen = false;
    this.#connection += 1;
    this.#delete();
    this.#inFlight.clear();
  }

  /** There may be something new. */
  kick(): void {
    if (this.#hasFailed) this.#sentTo = 0;
    this.#hasFailed = false;
    this.#fill();
  }

  /** What went wrong last and has not gone right since. */
  get problem(): string | null {
    return this.#problem;
  }

  #fill(): void {
    const room = WINDOW - this.#inFlight.size;
    if (!this.#isOpen || this.#hasFailed || room <= 0) return;
    for (const { id, rollup } of this.#waiting(room)) {
      this.#sentTo = id;
      if (!this.#inFlight.has(id) && !this.#taken.includes(id)) this.#deliver(id, rollup);
    }
  }

  #waiting(limit: number): ReturnType<OutboxPort['next']> {
    try {
      return this.#ports.outbox.next(limit, this.#sentTo);
    } catch (error) {
      this.#fail('cannot read the outbox', error);
      return [];
    }
  }

  #deliver(id: number, rollup: Rollup): void {
    const sent = this.#ports.send(rollupEvent(rollup, this.#screen, this.#isHistorical(rollup)));
    if (sent === null) return;
    this.#inFlight.add(id);
    const connection = this.#connection;
    sent.then(
      () => {
        if (connection === this.#connection) this.#settled(id, null);
      },
      (error: unknown) => {
        if (connection === this.#connection) this.#settled(id, error);
      },
    );
  }

  #isHistorical({ to }: Rollup): boolean {
    const { alwaysHistorical, clock } = this.#ports;
    return alwaysHistorical || clock.wallNow() - to > HISTORICAL_AFTER_MS;
  }

  #settled(id: number, error: unknown): void {
    this.#inFlight.delete(id);
    if (error === null) this.#taken = [...this.#taken, id];
    else this.#fail('the broker did not take a rollup over', error);
    if (this.#inFlight.size === 0 || this.#taken.length >= DELETED_TOGETHER) this.#delete();
    this.#fill();
  }

  #delete(): void {
    const taken = this.#taken;
    this.#taken = [];
    if (taken.length === 0) return;
    try {
      this.#ports.outbox.acknowledge(taken);
      this.#problem = null;
    } catch (error) {
      this.#fail('cannot delete from the outbox', error);
    }
  }

  #fail(message: string, error: unknown): void {
    this.#hasFailed = true;
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `${message}: ${reason}`;
    if (problem !== this.#problem) this.#ports.logger.warn({ reason }, message);
    this.#problem = problem;
  }
}
