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
  /** Nothing has been acknowledged for too long. */
  stuck(): void;
}>;

/** Below the receive maximum of the common brokers (mosquitto: 20), with room for the other messages. */
const WINDOW = 16;
const PATIENCE_MS = 20_000;
const HISTORICAL_AFTER_PERIODS = 2;

export class OutboxDrain {
  readonly #screen: Screen;
  readonly #ports: OutboxDrainPorts;
  #isOpen = false;
  /** Which connection it is: what one is asked on an earlier connection is no answer on this one. */
  #connection = 0;
  readonly #inFlight = new Set<number>();
  /** Those that failed wait for the next kick, so that a refusal is not repeated in a circle. */
  readonly #failed = new Set<number>();
  #problem: string | null = null;
  #progressAt = 0;
  #cancelWatch: (() => void) | null = null;

  constructor(screen: Screen, ports: OutboxDrainPorts) {
    this.#screen = screen;
    this.#ports = ports;
  }

  /** There is a connection. */
  open(): void {
    this.#isOpen = true;
    this.kick();
  }

  /** The connection is gone; what was in flight is sent again on the next one. */
  close(): void {
    this.#isOpen = false;
    this.#connection += 1;
    this.#inFlight.clear();
    this.#cancelWatch?.();
    this.#cancelWatch = null;
  }

  /** There may be something new. */
  kick(): void {
    this.#failed.clear();
    this.#fill();
  }

  /** What went wrong last and has not gone right since. */
  get problem(): string | null {
    return this.#problem;
  }

  #fill(): void {
    if (!this.#isOpen) return;
    for (const { id, rollup } of this.#waiting()) {
      if (this.#inFlight.size >= WINDOW) break;
      if (!this.#inFlight.has(id) && !this.#failed.has(id)) this.#deliver(id, rollup);
    }
    this.#watch();
  }

  #waiting(): ReturnType<OutboxPort['next']> {
    try {
      return this.#ports.outbox.next(WINDOW);
    } catch (error) {
      this.#complain('cannot read the outbox', error);
      return [];
    }
  }

  #deliver(id: number, rollup: Rollup): void {
    const sent = this.#ports.send(rollupEvent(rollup, this.#screen, this.#isHistorical(rollup)));
    if (sent === null) return;
    if (this.#inFlight.size === 0) this.#progressAt = this.#ports.clock.monotonicNow();
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

  #isHistorical({ from, to }: Rollup): boolean {
    const { alwaysHistorical, clock } = this.#ports;
    return alwaysHistorical || clock.wallNow() - to > HISTORICAL_AFTER_PERIODS * (to - from);
  }

  #settled(id: number, error: unknown): void {
    this.#inFlight.delete(id);
    this.#progressAt = this.#ports.clock.monotonicNow();
    if (error === null) this.#acknowledge(id);
    else this.#fail(id, 'the broker did not take a rollup over', error);
    this.#fill();
  }

  #acknowledge(id: number): void {
    try {
      this.#ports.outbox.acknowledge(id);
      this.#problem = null;
    } catch (error) {
      this.#fail(id, 'cannot delete from the outbox', error);
    }
  }

  #fail(id: number, message: string, error: unknown): void {
    this.#failed.add(id);
    this.#complain(message, error);
  }

  #complain(message: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `${message}: ${reason}`;
    if (problem !== this.#problem) this.#ports.logger.warn({ reason }, message);
    this.#problem = problem;
  }

  /** The connection can look alive while the broker acknowledges nothing. */
  #watch(): void {
    if (this.#cancelWatch !== null || this.#inFlight.size === 0) return;
    const { clock } = this.#ports;
    const left = this.#progressAt + PATIENCE_MS - clock.monotonicNow();
    this.#cancelWatch = clock.after(Math.max(1, left), () => {
      this.#cancelWatch = null;
      const isStuck = this.#inFlight.size > 0 && clock.monotonicNow() - this.#progressAt >= PATIENCE_MS;
      if (isStuck) this.#ports.stuck();
      else this.#watch();
    });
  }
}
