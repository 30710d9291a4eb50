// Decides which face deserves a classification now: new, larger or still uncertain ones, each within a budget.
import { type AgeOptions, describeAge } from './age.ts';
import { type Belief, type Fused, fuse, NO_LOOKS, type Pose } from './fuse.ts';

export type LookOptions = Readonly<{
  /** Most looks at one track, ever. */
  maxPerTrack: number;
  /** Most looks in one frame. */
  maxPerFrame: number;
  /** Pause after the first look; it doubles with each further one. */
  intervalMs: number;
  /** A belief at least this sure of gender and age group is settled. */
  settledGender: number;
  settledAge: number;
  age: AgeOptions;
}>;

/** What has been looked at of one track so far. */
export type Looking = Readonly<{ fused: Fused; lastAt: number; bestWidthPx: number; settled: boolean }>;

export const NOT_LOOKED: Looking = {
  fused: NO_LOOKS,
  lastAt: Number.NEGATIVE_INFINITY,
  bestWidthPx: 0,
  settled: false,
};

/** A face that has grown this much shows what the earlier crops could not. */
const GROWN_FACTOR = 1.4;
/** Uncertain faces of unchanged size use at most this share of the track's looks: the rest is for when it comes closer. */
const UNCHANGED_SHARE = 0.75;

/** How urgently the face should be looked at, or null for not now; larger is more urgent. */
export function lookUrgency(looking: Looking, pose: Pose, at: number, options: LookOptions): number | null {
  const { looks } = looking.fused;
  if (looks === 0) return Number.MAX_VALUE;
  if (looks >= options.maxPerTrack) return null;
  const grown = pose.widthPx / looking.bestWidthPx;
  const waited = (at - looking.lastAt) / (options.intervalMs * 2 ** (looks - 1));
  if (waited < 1 && grown < GROWN_FACTOR) return null;
  if (at - looking.lastAt < options.intervalMs) return null;
  if (grown >= GROWN_FACTOR) return grown;
  if (looking.settled || looks >= options.maxPerTrack * UNCHANGED_SHARE) return null;
  return 1 / looks;
}

export function isSettled(fused: Fused, options: LookOptions): boolean {
  const belief: Belief = fuse(fused);
  const gender = belief.gender === null ? 1 : Math.max(belief.gender.female, belief.gender.male);
  const age = belief.age === null ? 1 : (describeAge(belief.age, options.age)?.probability ?? 0);
  return gender >= options.settledGender && age >= options.settledAge;
}
