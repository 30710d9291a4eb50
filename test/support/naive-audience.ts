// Section "what is measured" once more, naively and frame by frame, as the oracle of the audience core's properties.
import type { Script, ScriptedTrack } from './arbitrary-film.ts';

export type Amounts = Readonly<{ personMs: number; attentionMs: number; viewers: number; uptimeMs: number }>;

const MAX_GAP_MS = 1000;
const MAX_INTERVAL_MS = 500;

/** P = sum of n_i * min(t_i+1 - t_i, 500 ms) over the frames, with the last frame ending at `endAt`. */
export function naiveAmounts(script: Script, endAt: number): Amounts {
  const visits = script.tracks.flatMap((track) => confirmedVisits(script, track));
  return {
    personMs: sum(visits, (visit) => creditOf(script, visit.frames, endAt)),
    attentionMs: sum(visits, (visit) => creditOf(script, visit.attended, endAt)),
    viewers: visits.length,
    uptimeMs: creditOf(script, [...script.times.keys()], endAt),
  };
}

/** How long after its first frame a track is confirmed; when it never is, how long it lasts. */
export function confirmationMs({ times, healthy }: Script, { ids }: ScriptedTrack, endAt: number): number {
  const seen = [...times.keys()].filter((frame) => healthy[frame] && ids[frame] != null);
  const [first = 0] = seen;
  const last = seen.at(-1) ?? first;
  const confirmedIn = confirmedFrame(times, seen);
  return (confirmedIn === undefined ? (times[last + 1] ?? endAt) : at(times, confirmedIn)) - at(times, first);
}

/** How long the slowest of the visits that were confirmed took for it. */
export function longestConfirmationMs(script: Script): number {
  const { times } = script;
  const durations = script.tracks
    .flatMap((track) => visitsOf(script, track))
    .map((seen) => at(times, confirmedFrame(times, seen) ?? seen[0] ?? 0) - at(times, seen[0] ?? 0));
  return Math.max(0, ...durations);
}

type NaiveVisit = Readonly<{ frames: readonly number[]; attended: readonly number[] }>;

function confirmedFrame(times: readonly number[], seen: readonly number[]): number | undefined {
  return seen.find((frame, count) => count >= 2 && at(times, frame) - at(times, seen[0] ?? 0) >= 300);
}

/** The frames in which a track is detected, cut where it is gone for too long. */
function visitsOf({ times, healthy }: Script, { ids }: ScriptedTrack): readonly (readonly number[])[] {
  const visits: number[][] = [];
  for (const frame of times.keys()) {
    if (!healthy[frame] || ids[frame] == null) continue;
    const before = visits.at(-1)?.at(-1);
    if (before === undefined || at(times, frame) - at(times, before) > MAX_GAP_MS) visits.push([frame]);
    else visits.at(-1)?.push(frame);
  }
  return visits;
}

function confirmedVisits(script: Script, track: ScriptedTrack): readonly NaiveVisit[] {
  const { attending } = track;
  return visitsOf(script, track)
    .filter((seen) => confirmedFrame(script.times, seen) !== undefined)
    .map((seen) => {
      const frames = range(seen[0] ?? 0, seen.at(-1) ?? 0);
      const attended = frames.filter((frame) => {
        const before = seen.findLast((other) => other <= frame) ?? frame;
        const after = seen.find((other) => other >= frame) ?? frame;
        return attending[before] === true && attending[after] === true;
      });
      return { frames, attended };
    });
}

function creditOf({ times, healthy }: Script, frames: readonly number[], endAt: number): number {
  return sum(
    frames.filter((frame) => healthy[frame]),
    (frame) => Math.min((times[frame + 1] ?? endAt) - at(times, frame), MAX_INTERVAL_MS),
  );
}

function at(times: readonly number[], frame: number): number {
  return times[frame] ?? Number.NaN;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
