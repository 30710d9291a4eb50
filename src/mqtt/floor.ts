// Decides whether a daemon may speak for its screen: one that hears another one speak for the same screen keeps quiet.
import type { Clock, Logger } from './ports.ts';

export type FloorOptions = Readonly<{
  session: string;
  /** How long to listen for another daemon of this screen before speaking; 0 where there can be none. */
  listenMs: number;
}>;

export type FloorPorts = Readonly<{
  clock: Clock;
  logger: Logger;
  /** It is ours from now on. */
  taken(): void;
  /** It is that of another one from now on. */
  given(): void;
}>;

/** Anybody can call himself anything. */
const MAX_SHOWN = 64;

export class Floor {
  readonly #options: FloorOptions;
  readonly #ports: FloorPorts;
  #isOurs = false;
  /** Monotonic instant at which it was ours last. */
  #oursAt: number | null = null;
  #rival: string | null = null;
  #cancelWait: () => void = () => undefined;

  constructor(options: FloorOptions, ports: FloorPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Session of the daemon that has it; null when none was heard. */
  get rival(): string | null {
    return this.#rival;
  }

  /** There is a connection: whoever has just spoken keeps the floor, others listen first. */
  connected(): void {
    const { clock } = this.#ports;
    const { listenMs } = this.#options;
    const wasOurs = this.#oursAt !== null && clock.monotonicNow() - this.#oursAt < listenMs;
    this.#rival = null;
    this.#wait(wasOurs ? 0 : listenMs);
  }

  lost(): void {
    this.#cancelWait();
    if (this.#isOurs) this.#oursAt = this.#ports.clock.monotonicNow();
    this.#isOurs = false;
  }

  /** This session has just told what it sees on this screen. */
  heard(session: string): void {
    const { session: own } = this.#options;
    // Two come to speak at once when a network comes back or both are switched on together: the later session goes on.
    if (session === own || (this.#isOurs && session < own)) return;
    if (this.#isOurs) this.#give();
    const rival = session.slice(0, MAX_SHOWN);
    if (this.#rival === null) {
      this.#ports.logger.warn({ rival }, 'another daemon speaks for this screen; keeping quiet');
    }
    this.#rival = rival;
    this.#wait(this.#options.listenMs);
  }

  /** It is not wanted any more. */
  leave(): void {
    this.#cancelWait();
  }

  #wait(delayMs: number): void {
    this.#cancelWait();
    if (delayMs <= 0) this.#take();
    else this.#cancelWait = this.#ports.clock.after(delayMs, () => this.#take());
  }

  #take(): void {
    this.#isOurs = true;
    const rival = this.#rival;
    if (rival !== null) this.#ports.logger.info({ rival }, 'the other daemon is silent; speaking for this screen');
    this.#ports.taken();
  }

  #give(): void {
    this.#isOurs = false;
    this.#rival = null;
    this.#ports.given();
  }
}
