// How well the source sees at the moment: the health word, its reason, and the rate and age of frames.
import type { HealthWord } from '../../audience/audience-now.ts';
import type { AwayFault, PictureFault } from '../../observation/fault.ts';
import type { CameraReading, Observation } from '../../observation/observation.ts';

export type Eyesight = Readonly<{
  health: HealthWord;
  /** What is wrong; null when nothing is, or nothing is to be seen. */
  fault: AwayFault | PictureFault | null;
  detail: string | null;
  /** Since when every frame has been well (monotonic); null while it is not, or is suspected not to be. */
  wellSince: number | null;
  /** Monotonic milliseconds when the newest observation arrived; null before the first. */
  seenAt: number | null;
  framesPerSecond: number | null;
  camera: CameraReading | null;
  frames: number;
  restarts: number;
  observationsDropped: number;
  lastSeq: number | null;
}>;

export const NOTHING_SEEN: Eyesight = {
  health: 'starting',
  fault: null,
  detail: null,
  wellSince: null,
  seenAt: null,
  framesPerSecond: null,
  camera: null,
  frames: 0,
  restarts: 0,
  observationsDropped: 0,
  lastSeq: null,
};

/** How much of a new frame interval is believed in the mean rate. */
const RATE_GAIN = 0.05;

/**
 * An observation arrived at `now` (monotonic), `sinceLastMs` of the stream's clock after the one before; to the first one of a
 * stream that is no interval of frames.
 */
export function seeing(sight: Eyesight, observation: Observation, sinceLastMs: number | null, now: number): Eyesight {
  const { camera, seq } = observation;
  const fault = camera.state === 'ok' || camera.state === 'suspect' ? null : camera.state;
  return {
    ...sight,
    // What was wrong is not right again with a picture that is in doubt.
    ...(camera.state === 'suspect' && sight.health !== 'ok'
      ? { health: sight.health, fault: sight.fault, detail: sight.detail }
      : { health: fault ?? 'ok', fault, detail: fault === null ? null : pictureWords(fault) }),
    wellSince: camera.state === 'ok' ? (sight.wellSince ?? now) : null,
    seenAt: now,
    framesPerSecond: rate(sight.framesPerSecond, sight.lastSeq === null ? null : sinceLastMs),
    camera,
    frames: sight.frames + 1,
    observationsDropped:
      sight.observationsDropped + (sight.lastSeq === null ? 0 : Math.max(0, seq - sight.lastSeq - 1)),
    lastSeq: seq,
  };
}

/** The source is away and tries again. */
export function blinded(sight: Eyesight, fault: AwayFault | PictureFault, detail: string): Eyesight {
  return { ...sight, ...NOT_SEEING, health: 'reconnecting', fault, detail, restarts: sight.restarts + 1 };
}

/** The source begins anew. */
export function starting(sight: Eyesight): Eyesight {
  return { ...sight, ...NOT_SEEING, health: 'starting', fault: null, detail: null };
}

/** Outside the opening hours the source is off. */
export function resting(sight: Eyesight, detail: string): Eyesight {
  return { ...sight, ...NOT_SEEING, health: 'closed', fault: null, detail };
}

/** `too-fast` and the like are words for programs; these are for people. */
export function pictureWords(fault: PictureFault): string {
  return fault === 'too-fast' ? 'frames come too fast' : `the picture is ${fault}`;
}

const NOT_SEEING = { wellSince: null, framesPerSecond: null, camera: null, lastSeq: null };

function rate(mean: number | null, sinceLastMs: number | null): number | null {
  if (sinceLastMs === null || sinceLastMs <= 0) return mean;
  const now = 1000 / sinceLastMs;
  return mean === null ? now : 1 / ((1 - RATE_GAIN) / mean + RATE_GAIN / now);
}
