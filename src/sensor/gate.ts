// Decides whether a frame needs a detection: not while nothing moves and nobody's presence is in doubt.
import type { FollowOptions, FollowState } from '../audience/follow.ts';

type GateOptions = Readonly<{
  /** Longest time without a detection while a face is there; 0 detects in every frame. */
  maxSkipMs: number;
  /** The same while none is there: whoever comes moves. */
  maxEmptySkipMs: number;
}>;

/** The thumbnail of the last frame in which faces were detected. */
export type GateState = Readonly<{ thumbnail: Uint8Array; detectedAt: number }> | null;

/** Four standard deviations of what the noise of a camera in dim light (7 per pixel) makes of a cell in two frames. */
const CELL_CHANGE = 10;
/** The smallest face that the detector finds covers five cells of a 640 px frame, its shoulders as many. */
const CHANGED_CELLS = 4;
/** Enough for a face to be confirmed and looked at; something that still is no face may not keep the gate open for ever. */
const DETECTIONS_OF_NEW = 12;

export function mustDetect(
  gate: GateState,
  thumbnail: Uint8Array,
  following: FollowState,
  at: number,
  options: Readonly<{ gate: GateOptions; follow: FollowOptions }>,
): boolean {
  const { maxSkipMs, maxEmptySkipMs } = options.gate;
  const longest = following.tracks.some(({ current }) => current) ? maxSkipMs : maxEmptySkipMs;
  if (gate === null || at - gate.detectedAt >= longest) return true;
  return hasChanged(gate.thumbnail, thumbnail) || isInDoubt(following, at, options.follow);
}

export function hasChanged(before: Uint8Array, now: Uint8Array): boolean {
  let changed = 0;
  for (let cell = 0; cell < now.length; cell += 1) {
    if (Math.abs((now[cell] ?? 0) - (before[cell] ?? 0)) <= CELL_CHANGE) continue;
    changed += 1;
    if (changed >= CHANGED_CELLS) return true;
  }
  return false;
}

/** Somebody is new, or was there a moment ago and was not found in the last detection. */
function isInDoubt({ tracks }: FollowState, at: number, { maxGapMs }: FollowOptions): boolean {
  return tracks.some(({ current, seenAt, confirmation }) =>
    current ? confirmation.detections < DETECTIONS_OF_NEW : confirmation.confirmed && at - seenAt <= maxGapMs,
  );
}
