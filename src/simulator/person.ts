// One simulated person: who it is, when it is in view, where its face is and when it looks at the screen.
import type { Gender } from '../audience/rollup.ts';
import type { Random } from './random.ts';

export type Person = Readonly<{
  id: number;
  /** Who came together. */
  group: number;
  ageYears: number;
  gender: Gender;
  /** In view from here up to there; milliseconds after the start. */
  arrivesAt: number;
  leavesAt: number;
  looksFrom: number;
  looksTo: number;
  placeAt(at: number): Place;
  /** What is drawn for this person alone. */
  random: Random;
}>;

/** Center of a face and its width, pixels. */
export type Place = Readonly<{ x: number; y: number; width: number }>;

export const FRAME = { width: 640, height: 480 } as const;

export function isInView({ arrivesAt, leavesAt }: Person, at: number): boolean {
  return arrivesAt <= at && at < leavesAt;
}

export function isLooking({ looksFrom, looksTo }: Person, at: number): boolean {
  return looksFrom <= at && at < looksTo;
}
