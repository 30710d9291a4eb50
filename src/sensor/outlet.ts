// Hands observations to the daemon, of which at most a window may be under way; of more only the newest waits.
import type { Observation } from '../observation/observation.ts';
import type { StageTimes } from '../observation/sensor-message.ts';

export type Handed = Readonly<{ observation: Observation; stages: StageTimes }>;

export const WINDOW = 32;

/**
 * A live source keeps only the newest observation that waits; any other has to await `room` first, so nothing is lost.
 * Whoever hands over while it `isFull` must be able to do without that observation.
 */
export class Outlet {
  readonly #live: boolean;
  readonly #send: (handed: Handed) => void;
  readonly #underWay = new Set<number>();
  #waiting: Handed | null = null;
  #proceed: () => void = () => undefined;

  constructor(live: boolean, send: (handed: Handed) => void) {
    this.#live = live;
    this.#send = send;
  }

  get isFull(): boolean {
    return this.#underWay.size >= WINDOW;
  }

  /** For a live source at once, for any other when an observation can go out. */
  async room(): Promise<void> {
    while (!this.#live && this.isFull) await this.#acknowledgment();
  }

  hand(handed: Handed): void {
    if (this.isFull) this.#waiting = handed;
    else this.#sendNow(handed);
  }

  acknowledge(seq: number): void {
    this.#underWay.delete(seq);
    const waiting = this.#waiting;
    if (waiting !== null && !this.isFull) {
      this.#waiting = null;
      this.#sendNow(waiting);
    }
    this.#proceed();
  }

  /** When nothing waits any more. */
  async emptied(): Promise<void> {
    while (this.#waiting !== null) await this.#acknowledgment();
  }

  #sendNow(handed: Handed): void {
    this.#underWay.add(handed.observation.seq);
    this.#send(handed);
  }

  #acknowledgment(): Promise<void> {
    return new Promise((resolve) => {
      this.#proceed = resolve;
    });
  }
}
