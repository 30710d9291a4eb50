// Plays a recording in place of a camera: the tracker runs again, everything behind it cannot tell the difference.
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { FollowOptions } from '../audience/follow.ts';
import { NOTHING_REFOLLOWED, type Refollowing, refollow } from '../audience/refollow.ts';
import type { Observation, StreamHeader } from '../observation/observation.ts';
import type { Recording } from '../recording/read-recording.ts';
import type { Clock } from './clock.ts';
import type { ObservationSource, SourceListener } from './observation-source.ts';

export type RecordedSourceOptions = Readonly<{
  followOptions: (header: StreamHeader) => FollowOptions;
  /** 1 is the speed it was recorded at. */
  speed: number | 'max';
}>;

/** At full speed the event loop gets a turn this often, so that messages go out meanwhile. */
const OBSERVATIONS_PER_TURN = 100;

export class RecordedSource implements ObservationSource {
  readonly #recording: Recording;
  readonly #options: RecordedSourceOptions;
  readonly #clock: Clock;
  #stopped = false;
  #wake = (): void => undefined;
  #playing: Promise<void> = Promise.resolve();
  #following: Refollowing = NOTHING_REFOLLOWED;

  constructor(recording: Recording, options: RecordedSourceOptions, clock: Clock) {
    this.#recording = recording;
    this.#options = options;
    this.#clock = clock;
  }

  /** Looks that the tracker of today asks for and the recording does not have. */
  get looksMissing(): number {
    return this.#following.looksMissing;
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
    const { header: first, items } = this.#recording;
    let options = this.#begin(first, listener);
    let zero: { at: number; now: number } | null = null;
    let played = 0;
    for await (const item of items) {
      if (this.#stopped) return;
      if (item.kind === 'header') {
        options = this.#begin(item.header, listener);
        continue;
      }
      zero ??= { at: item.observation.at, now: this.#clock.monotonicNow() };
      await this.#pace(item.observation, zero, played);
      if (this.#stopped) return;
      const { state, observation } = refollow(this.#following, item.observation, options);
      this.#following = state;
      listener.observed(observation, null);
      played += 1;
    }
    listener.ended();
  }

  #begin(header: StreamHeader, listener: SourceListener): FollowOptions {
    this.#following = { ...NOTHING_REFOLLOWED, looksMissing: this.#following.looksMissing };
    listener.opened(header);
    return this.#options.followOptions(header);
  }

  async #pace({ at }: Observation, zero: { at: number; now: number }, played: number): Promise<void> {
    const { speed } = this.#options;
    if (speed === 'max') {
      if (played % OBSERVATIONS_PER_TURN === 0) await letOthersRun();
      return;
    }
    const delayMs = zero.now + (at - zero.at) / speed - this.#clock.monotonicNow();
    if (delayMs <= 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
