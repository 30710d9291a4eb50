// Notices that a connection looks alive while the broker acknowledges nothing.
import type { Clock } from './ports.ts';

/** A guess: a broker answers within seconds even over a slow network. */
const PATIENCE_MS = 20_000;

export class AckWatch {
  readonly #clock: Clock;
  readonly #stuck: () => void;
  #waiting = 0;
  #progressAt = 0;
  #cancel: (() => void) | null = null;

  /** `stuck` is called when something waits and nothing has been acknowledged for too long. */
  constructor(clock: Clock, stuck: () => void) {
    this.#clock = clock;
    this.#stuck = stuck;
  }

  /** Settles when the broker has answered, whatever it said. */
  add(answer: Promise<void>): void {
    if (this.#waiting === 0) this.#progressAt = this.#clock.monotonicNow();
    this.#waiting += 1;
    this.#watch();
    const answered = () => {
      this.#waiting -= 1;
      this.#progressAt = this.#clock.monotonicNow();
      if (this.#waiting === 0) this.close();
    };
    answer.then(answered, answered);
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #watch(): void {
    if (this.#cancel !== null) return;
    const left = this.#progressAt + PATIENCE_MS - this.#clock.monotonicNow();
    this.#cancel = this.#clock.after(Math.max(1, left), () => {
      this.#cancel = null;
      if (this.#clock.monotonicNow() - this.#progressAt >= PATIENCE_MS) this.#stuck();
      else this.#watch();
    });
  }
}
