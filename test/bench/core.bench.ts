// Measures the core alone: an hour of 10 frames a second with 3 faces, and how the cost grows with the faces in a frame.
import { pathToFileURL } from 'node:url';
import type { AudienceState } from '../../src/audience/audience-state.ts';
import { type Detection, type FollowState, follow, learn, startFollowing } from '../../src/audience/follow.ts';
import { endStream, observe, openStream } from '../../src/audience/observe.ts';
import type { Face, Look } from '../../src/observation/observation.ts';
import { FOLLOW_OPTIONS, OPTIONS } from '../support/measure-audience.ts';
import { boxAround, headerOf, keypointsIn, observationAt } from '../support/walk-past.ts';

export type CoreFigures = Readonly<{
  /** Seconds that one hour of 10 frames a second and 3 faces takes; the best of a few runs, the first of which compiles. */
  hourSeconds: number;
  /** Cost of one frame with so many faces, as a multiple of a frame with one face. */
  growth: readonly Readonly<{ faces: number; microsecondsPerFrame: number; ratio: number }>[];
}>;

const PERIOD_MS = 100;
const MINUTE_FRAMES = 600;
const HOUR_RUNS = 3;
const HOUR_FRAMES = 60 * MINUTE_FRAMES;
const GROWTH_FRAMES = 10 * MINUTE_FRAMES;
const FACES = [1, 4, 16, 64];
type Minute = readonly (readonly Detection[])[];

/** Everybody stays this long, then somebody else comes. */
const VISIT_MS = 20_000;

export function measureCore(): CoreFigures {
  replay(minuteOf(3), GROWTH_FRAMES);
  const three = minuteOf(3);
  const hours = Array.from({ length: HOUR_RUNS }, () => secondsOf(() => replay(three, HOUR_FRAMES)));
  const perFrame = FACES.map((faces) => {
    const minute = minuteOf(faces);
    return secondsOf(() => replay(minute, GROWTH_FRAMES)) / GROWTH_FRAMES;
  });
  const [one = Number.NaN] = perFrame;
  return {
    hourSeconds: Math.min(...hours),
    growth: perFrame.map((seconds, index) => ({
      faces: FACES[index] ?? 0,
      microsecondsPerFrame: seconds * 1e6,
      ratio: seconds / one,
    })),
  };
}

export function describeCore({ hourSeconds, growth }: CoreFigures): string {
  const rows = growth.map(
    ({ faces, microsecondsPerFrame, ratio }) =>
      `  ${String(faces).padStart(2)} faces  ${microsecondsPerFrame.toFixed(0).padStart(6)} µs per frame  × ${ratio.toFixed(1)}`,
  );
  return [
    `core, one hour of 10 fps and 3 faces: ${hourSeconds.toFixed(2)} s, best of ${HOUR_RUNS} (budget: about 1 s)`,
    ...rows,
  ].join('\n');
}

/** Made before the clock runs: what the detector says in every frame of a minute. */
function minuteOf(faces: number): Minute {
  return Array.from({ length: MINUTE_FRAMES }, (_, frame) =>
    Array.from({ length: faces }, (_, index) => detectionOf(index, frame * PERIOD_MS)).flatMap((face) => face ?? []),
  );
}

function replay(minute: Minute, frames: number): void {
  const header = headerOf({ periodMs: PERIOD_MS });
  let following: FollowState = startFollowing();
  let audience: AudienceState = openStream(null, header, OPTIONS);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = frame * PERIOD_MS;
    const detections = minute[frame % MINUTE_FRAMES] ?? [];
    const followed = follow(following, detections, at, FOLLOW_OPTIONS);
    const faces = detections.map((detection, index): Face => {
      const track = followed.tracks[index] ?? null;
      const { box, confidence, keypoints } = detection;
      return { box, confidence, keypoints, zoom: null, attending: at % 3000 < 1500, changeRatio: 0.2, track };
    });
    const looks = followed.lookAt.map((face) => lookOf(face, frame, at));
    following = learn(followed.state, faces, looks, at, FOLLOW_OPTIONS);
    audience = observe(audience, observationAt(at, { faces, looks, seq: frame }), OPTIONS).state;
  }
  endStream(audience, frames * PERIOD_MS, OPTIONS);
}

/** Each place in the picture is empty for the last two seconds of a visit, so that a new track begins. */
function detectionOf(index: number, at: number): Detection | null {
  const inVisit = (at + index * 700) % VISIT_MS;
  if (inVisit > VISIT_MS - 2000) return null;
  const box = boxAround(80 + (index % 8) * 160 + inVisit / 500, 80 + Math.floor(index / 8) * 160, 60);
  return { box, confidence: 0.9, keypoints: keypointsIn(box, at % 3000 < 1500 ? 5 : 50) };
}

function lookOf(face: number, seq: number, at: number): Look {
  const age = { kind: 'normal', meanYears: 28 + (seq % 9), sdYears: 7 } as const;
  return { seq, face, at, age, gender: { female: 0.3, male: 0.7 }, quality: 0.8 };
}

/** Processor time, so that a busy machine does not count. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(describeCore(measureCore()));
