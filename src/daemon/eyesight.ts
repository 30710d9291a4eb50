// How well the source sees at the moment: the health word, its reason, and the rate and age of frames.
import type { HealthWord } from '../audience/audience-now.ts';
import type { CameraReading, Observation } from '../observation/observation.ts';

export type Eyesight = Readonly<{
  health: HealthWord;
  detail: string | null;
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
  detail: null,
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

/** An observation arrived at `now` (monotonic), `sinceLastMs` of the stream's clock after the one before. */
export function seeing(sight: Eyesight, observation: Observation, sinceLastMs: number | null, now: number): Eyesight {
  const { camera, seq } = observation;
  return {
    ...sight,
    health: camera.state === 'suspect' ? 'ok' : camera.state,
    detail: camera.state === 'dark' || camera.state === 'frozen' ? `the picture is ${camera.state}` : null,
    seenAt: now,
    framesPerSecond: rate(sight.framesPerSecond, sinceLastMs),
    camera,
    frames: sight.frames + 1,
    observationsDropped:
      sight.observationsDropped + (sight.lastSeq === null ? 0 : Math.max(0, seq - sight.lastSeq - 1)),
    lastSeq: seq,
  };
}

/** The source is away and tries again. */
export function blinded(sight: Eyesight, detail: string): Eyesight {
  return {
    ...sight,
    health: 'reconnecting',
    detail,
    framesPerSecond: null,
    camera: null,
    restarts: sight.restarts + 1,
    lastSeq: null,
  };
}

function rate(mean: number | null, sinceLastMs: number | null): number | null {
  if (sinceLastMs === null || sinceLastMs <= 0) return mean;
  const now = 1000 / sinceLastMs;
  return mean === null ? now : 1 / ((1 - RATE_GAIN) / mean + RATE_GAIN / now);
}
