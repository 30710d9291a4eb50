// Stands in for the sensor behind its detector: the real tracker follows the faces and says whom to look at.
import { type FollowOptions, type FollowState, follow, learn, startFollowing } from '../audience/follow.ts';
import type { Gender } from '../audience/rollup.ts';
import type { Face, Look, Observation } from '../observation/observation.ts';
import { type Answer, answerTo } from './answer.ts';
import type { Classifier } from './classifier-schema.ts';
import { randomOf } from './random.ts';

/** A person or a poster. */
export type Subject = Readonly<{ id: number; ageYears: number; gender: Gender }>;

export type Seen = Readonly<{ who: Subject; face: Face }>;

/** Of a crop that is sharp, large and seen from the front. */
const LOOK_QUALITY = 0.8;
/** A shop with its lights on. */
const CAMERA = {
  state: 'ok',
  notices: [],
  luma: 120,
  lumaDeviation: 50,
  sharpness: 8,
  framesDropped: 0,
} as const;

export class SimulatedSensor {
  readonly #options: FollowOptions;
  readonly #classifier: Classifier;
  readonly #seed: number;
  #state: FollowState = startFollowing();
  #seq = 0;

  constructor(options: FollowOptions, classifier: Classifier, seed: number) {
    this.#options = options;
    this.#classifier = classifier;
    this.#seed = seed;
  }

  /** As a new process: it knows no tracks. */
  restart(): void {
    this.#state = startFollowing();
    this.#seq = 0;
  }

  observe(seen: readonly Seen[], at: number): Observation {
    const seq = this.#seq;
    this.#seq += 1;
    const { state, tracks, lookAt } = follow(
      this.#state,
      seen.map(({ face }) => face),
      at,
      this.#options,
    );
    const faces = seen.map(({ face }, index) => ({ ...face, track: tracks[index] ?? null }));
    const looks = lookAt.flatMap((face) => this.#look(seen[face], { seq, face, at }));
    this.#state = learn(state, faces, looks, at, this.#options);
    return { at, seq, detected: true, faces, looks, camera: CAMERA };
  }

  #look(seen: Seen | undefined, look: Pick<Look, 'seq' | 'face' | 'at'>): Look[] {
    if (seen === undefined) return [];
    return [{ ...look, ...this.#answer(seen.who), quality: LOOK_QUALITY }];
  }

  /** Drawn from numbers of the person's own, so that it is the same at every look. */
  #answer(who: Subject): Answer {
    return answerTo(who, this.#classifier, randomOf(this.#seed, 4, who.id));
  }
}
