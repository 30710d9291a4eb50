// Arbitrary films for properties: frames at uneven intervals, tracks that come, look, vanish and come back.
import * as fc from 'fast-check';
import type { Observation } from '../../src/observation/observation.ts';
import { boxAround, headerOf, observationAt } from './walk-past.ts';

/** One entry per frame in every array. */
export type Script = Readonly<{
  times: readonly number[];
  healthy: readonly boolean[];
  tracks: readonly ScriptedTrack[];
}>;

export type ScriptedTrack = Readonly<{
  /** The track's number in each frame; null where it is not detected. */
  ids: readonly (number | null)[];
  attending: readonly boolean[];
}>;

const PERIOD_MS = 100;

/** Wall time of the first frame, so that a minute may end anywhere in the film. */
export const wallAtZero = fc.integer({ min: 0, max: 59_999 }).map((ms) => headerOf().wallAtZero + ms);

/** Mostly a frame every 100 ms, at times an uneven one, at times the camera stalls. */
const intervalMs = fc.oneof(
  { arbitrary: fc.constant(PERIOD_MS), weight: 12 },
  { arbitrary: fc.integer({ min: 20, max: 200 }), weight: 4 },
  { arbitrary: fc.integer({ min: 400, max: 2500 }), weight: 1 },
);

export function arbitraryScript(
  size: Readonly<{ frames: number; tracks: number; dark?: boolean; stalls?: boolean }>,
): fc.Arbitrary<Script> {
  const { frames, tracks, dark = true, stalls = true } = size;
  const times = fc
    .array(stalls ? intervalMs : fc.constant(PERIOD_MS), { minLength: frames, maxLength: frames })
    .map((intervals) => intervals.map((_, index) => intervals.slice(0, index).reduce((sum, each) => sum + each, 0)));
  const healthy = dark ? arbitraryRuns(frames, 40, 3) : fc.constant(Array.from({ length: frames }, () => true));
  const track = fc.record({ seen: arbitraryRuns(frames, 30, 14), attending: arbitraryRuns(frames, 20, 20) });
  return fc.record({ times, healthy, tracks: fc.array(track, { minLength: 1, maxLength: tracks }) }).map((film) => ({
    ...film,
    tracks: film.tracks.map(({ seen, attending }, index) => ({
      ids: seen.map((isSeen) => (isSeen ? index + 1 : null)),
      attending,
    })),
  }));
}

/** A film at an even rate of tracks that are given frame by frame; `attending` is repeated as needed, and true where absent. */
export function scriptOf(
  tracks: readonly (readonly (number | null)[])[],
  attending: readonly (readonly boolean[])[] = [],
): Script {
  const frames = Math.max(...tracks.map((ids) => ids.length));
  return {
    times: Array.from({ length: frames }, (_, frame) => frame * PERIOD_MS),
    healthy: Array.from({ length: frames }, () => true),
    tracks: tracks.map((ids, index) => {
      const looks = attending[index] ?? [true];
      return { ids, attending: ids.map((_, frame) => looks[frame % looks.length] === true) };
    }),
  };
}

export function steady(frames: number, track: number): readonly number[] {
  return Array.from({ length: frames }, () => track);
}

/** When the last frame ends. */
export function endOf({ times }: Script): number {
  return (times.at(-1) ?? 0) + PERIOD_MS;
}

export function filmOf({ times, healthy, tracks }: Script): readonly Observation[] {
  return times.map((at, frame) =>
    observationAt(at, {
      seq: frame,
      state: healthy[frame] === true ? 'ok' : 'suspect',
      faces: tracks.flatMap(({ ids, attending }, index) => {
        const track = ids[frame] ?? null;
        if (track === null) return [];
        const box = boxAround(100 + 150 * index, 200, 60);
        const isAttending = attending[frame] === true;
        return [{ box, confidence: 0.9, keypoints: null, zoom: null, attending: isAttending, changeRatio: 0.2, track }];
      }),
    }),
  );
}

/** The frames from `from` up to, but not including, `until`. */
export function cutOut({ times, healthy, tracks }: Script, from: number, until: number): Script {
  return {
    times: times.slice(from, until),
    healthy: healthy.slice(from, until),
    tracks: tracks.map(({ ids, attending }) => ({
      ids: ids.slice(from, until),
      attending: attending.slice(from, until),
    })),
  };
}

/** `frames` flags in alternating runs of true and false of at most these lengths, repeated as needed. */
function arbitraryRuns(frames: number, longestTrue: number, longestFalse: number): fc.Arbitrary<readonly boolean[]> {
  const run = fc.tuple(fc.integer({ min: 1, max: longestTrue }), fc.integer({ min: 0, max: longestFalse }));
  return fc.array(run, { minLength: 1, maxLength: 8 }).map((runs) => {
    const flags = runs.flatMap(([on, off]) => [...repeated(true, on), ...repeated(false, off)]);
    return Array.from({ length: frames }, (_, frame) => flags[frame % flags.length] === true);
  });
}

function repeated(flag: boolean, times: number): boolean[] {
  return Array.from({ length: times }, () => flag);
}
