// Delivers the rollups that wait in the outbox, a window at a time, and deletes each only when the broker has taken it over.
import type { Rollup } from '../audience/rollup.ts';
import { messageOf } from '../observation/message-of.ts';
import type { Clock, IsStorageError, Logger, OutboxPort } from './ports.ts';

export type OutboxDrainPorts = Readonly<{
  /** What is played again is history, however young it is. */
  alwaysHistorical: boolean;
  clock: Clock;
  logger: Logger;
  outbox: OutboxPort;
  isStorageError: IsStorageError;
  /** How many may be in flight on this connection. */
  window(): number;
  /** Resolves when the broker has taken the rollup over; null when there is no connection. */
  send(rollup: Rollup, historical: boolean): Promise<void> | null;
}>;

/** Deleted in one transaction while there is more to send: a transaction writes 8 kB to the card, whatever it deletes. */
const DELETED_TOGETHER = 8;
/** A period is told within seconds of its end, whatever its length, unless something was in the way. */
const HISTORICAL_AFTER_MS = 120_000;
/** One more than the minutes of a quarter of an hour: where only those are refused, their quarters go out between them. */
const REFUSED_IN_A_ROW = 16;
/** When what was refused is asked again on the same connection. A guess: whoever mends the rights of a user looks after some minutes. */
const LOOK_BACK_MS = 600_000;
const SILENT_MS = 3_600_000;

export class OutboxDrain {
  readonly #ports: OutboxDrainPorts;
  #isOpen = false;
  /** Which connection it is: what one is asked on an earlier connection is no answer on this one. */
  #connection = 0;
  readonly #inFlight = new Set<number>();
  /** What the broker has taken over and is still to be deleted. */
  #taken: readonly number[] = [];
  /** The newest that was sent; what comes after it waits. */
  #sentTo = 0;
  /** The newest that was ever sent: what is still there before it was refused, or is in flight. */
  #passedTo = 0;
  /** From 16 on everything waits for the next kick, so that a broker that refuses all is not asked in a circle. */
  #refusedInARow = 0;
  /** Monotonic; null when nothing was refused since it was looked back last. */
  #lookBackAt: number | null = null;
  /** The database cannot be read or written: everything waits for the next kick. */
  #hasFailed = false;
  #problem: string | null = null;
  readonly #toldAt = new Map<string, number>();

  constructor(ports: OutboxDrainPorts) {
    this.#ports = ports;
  }

  /** There is a connection. */
  open(): void {
    this.#isOpen = true;
    this.#lookBack();
    this.kick();
  }

  /** The connection is gone; what was in flight is sent again on the next one. */
  close(): void {
    this.#isOpen = false;
    this.#connection += 1;
    this.#passedTo = Math.min(this.#passedTo, ...[...this.#inFlight].map((id) => id - 1));
    this.#inFlight.clear();
    this.#delete();
  }

  /** There may be something new. */
  kick(): void {
    this.#refusedInARow = 0;
    if (this.#hasFailed || this.#isTimeToLookBack()) this.#lookBack();
    this.#hasFailed = false;
    this.#fill();
  }

  /** What went wrong last and has not gone right since. */
  get problem(): string | null {
    return this.#problem;
  }

  #isTimeToLookBack(): boolean {
    return this.#lookBackAt !== null && this.#ports.clock.monotonicNow() >= this.#lookBackAt;
  }

  #lookBack(): void {
    this.#sentTo = 0;
    this.#lookBackAt = null;
  }

  #fill(): void {
    const room = Math.min(this.#ports.window(), REFUSED_IN_A_ROW - this.#refusedInARow) - this.#inFlight.size;
    if (!this.#isOpen || this.#hasFailed || room <= 0) return;
    for (const { id, rollup } of this.#waiting(room)) {
      const isUnderWay = this.#inFlight.has(id) || this.#taken.includes(id);
      if (!isUnderWay && !this.#deliver(id, rollup)) return;
      this.#sentTo = id;
      this.#passedTo = Math.max(this.#passedTo, id);
    }
  }

  #waiting(limit: number): ReturnType<OutboxPort['next']> {
    try {
      return this.#ports.outbox.next(limit, this.#sentTo);
    } catch (error) {
      this.#failed('cannot read the outbox', error);
      return [];
    }
  }

  /** False when there is no connection. */
  #deliver(id: number, rollup: Rollup): boolean {
    const sent = this.#ports.send(rollup, this.#isHistorical(rollup));
    if (sent === null) return false;
    this.#inFlight.add(id);
    const connection = this.#connection;
    const settled = (refusal: unknown) => {
      if (connection === this.#connection) this.#settled(id, refusal);
    };
    sent.then(
      () => settled(null),
      (error: unknown) => settled(error),
    );
    return true;
  }

  #isHistorical({ to }: Rollup): boolean {
    const { alwaysHistorical, clock } = this.#ports;
    return alwaysHistorical || clock.wallNow() - to > HISTORICAL_AFTER_MS;
  }

  #settled(id: number, refusal: unknown): void {
    this.#inFlight.delete(id);
    if (refusal === null) {
      this.#refusedInARow = 0;
      this.#taken = [...this.#taken, id];
    } else this.#refused(refusal);
    if (this.#inFlight.size === 0 || this.#taken.length >= DELETED_TOGETHER) this.#delete();
    this.#fill();
  }

  /** It stays in the outbox, and nothing waits for it. */
  #refused(error: unknown): void {
    this.#refusedInARow += 1;
    this.#lookBackAt ??= this.#ports.clock.monotonicNow() + LOOK_BACK_MS;
    // Looked back in vain: the others that were refused would be again.
    if (this.#refusedInARow >= REFUSED_IN_A_ROW) this.#sentTo = Math.max(this.#sentTo, this.#passedTo);
    this.#tell('the broker did not take a rollup over', error);
  }

  #delete(): void {
    const taken = this.#taken;
    this.#taken = [];
    if (taken.length === 0) return;
    try {
      this.#ports.outbox.acknowledge(taken);
      if (this.#lookBackAt === null) this.#problem = null;
    } catch (error) {
      this.#failed('cannot delete from the outbox', error);
    }
  }

  #failed(message: string, error: unknown): void {
    if (!this.#ports.isStorageError(error)) throw error;
    this.#hasFailed = true;
    this.#passedTo = 0;
    this.#tell(message, error);
  }

  /** Once an hour for each kind. */
  #tell(message: string, error: unknown): void {
    const { clock, logger } = this.#ports;
    const reason = messageOf(error);
    this.#problem = `${message}: ${reason}`;
    const now = clock.monotonicNow();
    if (now - (this.#toldAt.get(message) ?? Number.NEGATIVE_INFINITY) < SILENT_MS) return;
    this.#toldAt.set(message, now);
    logger.warn({ reason }, message);
  }
}
