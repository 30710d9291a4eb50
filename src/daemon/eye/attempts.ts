// Counts the attempts to reach a source, so that each waits longer than the one before until the source is well for a while.
import { backoffMs } from './backoff.ts';

/** After this long without a fault the next one starts at the shortest delay again. */
const RECOVERED_AFTER_MS = 10_000;

export class Attempts {
  readonly #random: () => number;
  /** The next step of the backoff; null after a while without a fault. */
  #next: number | null = null;
  #wellSince: number | null = null;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A frame came at `now` (monotonic), and was well or not. */
  frame(isWell: boolean, now: number): void {
    if (isWell) this.#wellSince ??= now;
    else this.#wellSince = null;
  }

  /** Whether the last fault is forgotten by `now`. */
  recovered(now: number): boolean {
    if (this.#wellSince === null || now - this.#wellSince <= RECOVERED_AFTER_MS) return false;
    this.#next = null;
    return true;
  }

  /** How long to wait for the next attempt; after a fault of our own the first one comes at once. */
  delayMs(isOwnFault: boolean): number {
    this.#wellSince = null;
    const attempt = this.#next;
    this.#next = isOwnFault && attempt === null ? 0 : (attempt ?? 0) + 1;
    return isOwnFault && attempt === null ? 0 : backoffMs(attempt ?? 0, this.#random());
  }
}
