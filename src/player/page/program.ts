// Decides which advertisement is shown: that of the trigger that is on, else the defaults one after the other.
import { DEFAULT_SPOTS, type Spot, spotFor } from './spots.ts';

export type Showing = Readonly<{
  trigger: string | null;
  /** Since when the same trigger, or none, has been on. */
  since: number;
  spot: Spot;
  shownAt: number;
}>;

const ROTATE_MS = 8000;

export function showingAt(before: Showing | null, trigger: string | null, at: number): Showing {
  const isSame = before !== null && before.trigger === trigger;
  const since = isSame ? before.since : at;
  if (trigger !== null) return isSame ? before : { trigger, since, spot: spotFor(trigger), shownAt: at };
  const turn = Math.floor((at - since) / ROTATE_MS);
  const spot = DEFAULT_SPOTS[turn % DEFAULT_SPOTS.length] ?? DEFAULT_SPOTS[0];
  return { trigger, since, spot, shownAt: since + turn * ROTATE_MS };
}
