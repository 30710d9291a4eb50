// Plays what somebody else produces in place of a camera, at the pace of its own instants or faster.
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { ObservationSource, SourceListener } from '../observation-source.ts';

/** Something that the listener is to be told. */
export type Played = Readonly<{
  /** When, in milliseconds of a clock of their own; null for at once. */
  at: number | null;
  tell(listener: SourceListener): void;
}>;

/** Without a pause the event loop gets a turn this often, so that messages go out meanwhile. */
const TOLD_PER_TURN = 100;

export class PlayedSource implements ObservationSource {
  readonly #items: AsyncIterable<Played> | Iterable<Played>;
  /** 1 is real time. */
  readonly #speed: number | 'max';
  readonly #clock: Clock;
  #stopped = false;
  #wake = (): void => undefined;
  #playing: Promise<void> = Promise.resolve();
  /** So far. */
  #told = 0;

  constructor(items: AsyncIterable<Played> | Iterable<Played>, speed: number | 'max', clock: Clock) {
    this.#items = items;
    this.#speed = speed;
    this.#clock = clock;
  }

  start(listener: SourceListener): void {
    this.#playing = this.#play(listener).catch((error: unknown) => {
      listener.failed(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#playing;
  }

  processes(): readonly { name: string; pid: number }[] {
    return [];
  }

  async #play(listener: SourceListener): Promise<void> {
    let zero: { at: number; now: number } | null = null;
    for await (const { at, tell } of this.#items) {
      if (this.#stopped) return;
      if (at !== null) {
        zero ??= { at, now: this.#clock.monotonicNow() };
        await this.#pace(at, zero);
        if (this.#stopped) return;
      }
      tell(listener);
      this.#told += 1;
    }
    listener.ended();
  }

  async #pace(at: number, zero: { at: number; now: number }): Promise<void> {
    const delayMs = this.#speed === 'max' ? 0 : zero.now + (at - zero.at) / this.#speed - this.#clock.monotonicNow();
    if (delayMs <= 0) {
      if (this.#told % TOLD_PER_TURN === 0) await letOthersRun();
      return;
    }
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
