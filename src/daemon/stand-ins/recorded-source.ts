// Plays a recording in place of a camera: the tracker runs again, everything behind it cannot tell the difference.
import type { FollowOptions } from '../../audience/follow.ts';
import { NOTHING_REFOLLOWED, type Refollowing, refollow } from '../../audience/refollow.ts';
import type { Observation, StreamHeader } from '../../observation/observation.ts';
import type { Recording } from '../../recording/read-recording.ts';
import type { Clock } from '../clock.ts';
import type { ObservationSource, SourceListener } from '../observation-source.ts';
import { type Played, PlayedSource } from './played-source.ts';

export type RecordedSourceOptions = Readonly<{
  followOptions: (header: StreamHeader) => FollowOptions;
  /** 1 is the speed it was recorded at. */
  speed: number | 'max';
}>;

export class RecordedSource implements ObservationSource {
  readonly #recording: Recording;
  readonly #options: RecordedSourceOptions;
  readonly #played: PlayedSource;
  #following: Refollowing = NOTHING_REFOLLOWED;

  constructor(recording: Recording, options: RecordedSourceOptions, clock: Clock) {
    this.#recording = recording;
    this.#options = options;
    this.#played = new PlayedSource(this.#items(), options.speed, clock);
  }

  /** Looks that the tracker of today asks for and the recording does not have. */
  get looksMissing(): number {
    return this.#following.looksMissing;
  }

  start(listener: SourceListener): void {
    this.#played.start(listener);
  }

  stop(): Promise<void> {
    return this.#played.stop();
  }

  processes(): readonly { name: string; pid: number }[] {
    return this.#played.processes();
  }

  async *#items(): AsyncGenerator<Played, void, undefined> {
    const { header: first, items } = this.#recording;
    yield this.#opening(first);
    let options = this.#options.followOptions(first);
    for await (const item of items) {
      if (item.kind === 'header') {
        yield this.#opening(item.header);
        options = this.#options.followOptions(item.header);
      } else {
        yield { at: item.observation.at, tell: (listener) => this.#observed(item.observation, options, listener) };
      }
    }
  }

  #opening(header: StreamHeader): Played {
    return {
      at: null,
      tell: (listener) => {
        this.#following = { ...NOTHING_REFOLLOWED, looksMissing: this.#following.looksMissing };
        listener.opened(header);
      },
    };
  }

  #observed(recorded: Observation, options: FollowOptions, listener: SourceListener): void {
    const { state, observation } = refollow(this.#following, recorded, options);
    this.#following = state;
    listener.observed(observation, null);
  }
}
