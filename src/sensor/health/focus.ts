// Notices that a camera no longer shows the fine detail that it usually shows: it is out of focus, misty or dirty.
import { type Lasting, lastedMs, lasting } from './lasting.ts';
import { blend, detailOf, type Texture } from './texture.ts';

export type Focus = Readonly<{
  /** Of the last seconds. */
  texture: Texture | null;
  /** The detail that this camera has while all is well; null before the first. */
  usual: number | null;
  learnedMs: number;
  at: number | null;
  blurred: Lasting;
}>;

export const NO_FOCUS: Focus = { texture: null, usual: null, learnedMs: 0, at: null, blurred: null };

const BLURRED_AFTER_MS = 60_000;
/** A bus that passes close to the camera is no fault. */
const SUSPECT_AFTER_MS = 3000;
/** Of the usual: see `detailOf` for what stays above and what does not. */
const BLURRED_BELOW = 0.25;
/** A blurred picture must come so far back, or it would come and go at the limit. */
const SHARP_FROM = 0.4;
/** Below, the scene has no detail that could be lost. */
const LEAST_USUAL = 0.02;
const AVERAGED_MS = 2000;
const READY_AFTER_MS = 30_000;
/** Slow enough that an hour of mist does not become usual, and no hour of the day stays so for the next. */
const LEARNING_MS = 3_600_000;

/** `texture` is null when it could not be measured. */
export function noticeFocus(before: Focus, texture: Texture | null, at: number): Focus {
  if (texture === null) return pauseFocus(before);
  const passedMs = before.at === null ? 0 : at - before.at;
  const gain = Math.min(1, passedMs / AVERAGED_MS);
  const averaged = before.texture === null ? texture : blend(before.texture, texture, gain);
  const detail = detailOf(averaged);
  if (detail === null) return { ...pauseFocus(before), texture: averaged, at };
  const below = isBlurred(before) ? SHARP_FROM : BLURRED_BELOW;
  const isLow = isKnown(before) && detail < below * (before.usual ?? 0);
  const learned = isLow ? before : learning(before, detail, passedMs);
  return { ...before, ...learned, texture: averaged, at, blurred: lasting(before.blurred, isLow, at) };
}

/** While something else is wrong nothing is learned, and what was only suspected is forgotten. */
export function pauseFocus(before: Focus): Focus {
  return { ...before, texture: null, at: null, blurred: isBlurred(before) ? before.blurred : null };
}

export function focusWord({ blurred }: Focus): 'ok' | 'suspect' | 'blurred' {
  const lowMs = lastedMs(blurred);
  if (lowMs >= BLURRED_AFTER_MS) return 'blurred';
  return lowMs >= SUSPECT_AFTER_MS ? 'suspect' : 'ok';
}

function isBlurred(focus: Focus): boolean {
  return focusWord(focus) === 'blurred';
}

function isKnown({ usual, learnedMs }: Focus): boolean {
  return usual !== null && usual >= LEAST_USUAL && learnedMs >= READY_AFTER_MS;
}

/** A plain mean at first, later of about the last hour. */
function learning({ usual, learnedMs }: Focus, detail: number, passedMs: number): Pick<Focus, 'usual' | 'learnedMs'> {
  const learned = Math.min(LEARNING_MS, learnedMs + passedMs);
  if (usual === null || learned === 0) return { usual: detail, learnedMs: learned };
  return { usual: usual + (passedMs / learned) * (detail - usual), learnedMs: learned };
}
