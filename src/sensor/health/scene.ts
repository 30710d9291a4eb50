// Remembers the static scene, as 64 × 48 means of brightness over minutes, and notices that the camera shows another one for good.
import { type Lasting, lastedMs, lasting } from './lasting.ts';
import { agreement, type Cells, hasStructure } from './structure.ts';

export type Scene = Readonly<{
  /** Means of the last seconds: whoever walks by leaves little in them. */
  present: Float32Array | null;
  /** Means of the last minutes, of a scene that stayed the same. */
  reference: Float32Array | null;
  learnedMs: number;
  at: number | null;
  /** Another steady scene. */
  changed: Lasting;
  /** The remembered scene, after it was away. */
  back: Lasting;
  /** Since when the camera counts as moved. */
  movedSince: number | null;
}>;

export const NO_SCENE: Scene = {
  present: null,
  reference: null,
  learnedMs: 0,
  at: null,
  changed: null,
  back: null,
  movedSince: null,
};

const MOVED_AFTER_MS = 60_000;
const BACK_AFTER_MS = 10_000;
/** Then somebody wants it like this. */
const ACCEPTED_AFTER_MS = 3_600_000;
/** See `agreement` for what stays above and what does not. */
const SAME_FROM = 0.5;
const PRESENT_MS = 5000;
const READY_AFTER_MS = 30_000;
/** Follows the sun and the furniture; nobody stands still for long enough to become part of it. */
const LEARNING_MS = 600_000;

export function noticeScene(before: Scene, thumbnail: Uint8Array, at: number): Scene {
  const passedMs = before.at === null ? 0 : at - before.at;
  const present = mixed(before.present, thumbnail, passedMs / PRESENT_MS);
  const { reference, learnedMs, movedSince } = before;
  const next = { ...before, present, at };
  if (reference === null || learnedMs < READY_AFTER_MS) return { ...next, ...learning(before, present, passedMs) };
  const same = agreement(reference, present);
  const isOther = same !== null && same < SAME_FROM;
  const isSame = same !== null && same >= SAME_FROM;
  const isSteady = (agreement(present, thumbnail) ?? 0) >= SAME_FROM;
  const changed = lasting(before.changed, isOther && isSteady, at);
  if (movedSince !== null) return afterMove({ ...next, changed, back: lasting(before.back, isSame, at) }, at);
  if (lastedMs(changed) >= MOVED_AFTER_MS) return { ...next, changed, back: null, movedSince: changed?.since ?? at };
  // While one scene takes the place of the other, the means agree with both.
  const isStillSame = isSame && (agreement(reference, thumbnail) ?? 0) >= SAME_FROM;
  const learns = isStillSame || !hasStructure(reference);
  return { ...next, changed, ...(learns ? learning(before, present, passedMs) : {}) };
}

/** While the picture is wrong nothing is learned of the scene, and what was only suspected is forgotten. */
export function pauseScene(before: Scene): Scene {
  return { ...before, present: null, at: null, changed: null, back: null };
}

export function hasMoved({ movedSince }: Scene): boolean {
  return movedSince !== null;
}

function afterMove(scene: Scene, at: number): Scene {
  const { present, changed, back, movedSince } = scene;
  if (lastedMs(back) >= BACK_AFTER_MS) return { ...scene, changed: null, back: null, movedSince: null };
  const isAccepted = changed !== null && at - (movedSince ?? at) >= ACCEPTED_AFTER_MS;
  if (!isAccepted) return scene;
  return { ...scene, reference: present, learnedMs: READY_AFTER_MS, changed: null, back: null, movedSince: null };
}

/** A plain mean at first, later of about the last ten minutes. */
function learning(scene: Scene, present: Cells, passedMs: number): Pick<Scene, 'reference' | 'learnedMs'> {
  const learnedMs = Math.min(LEARNING_MS, scene.learnedMs + passedMs);
  return { reference: mixed(scene.reference, present, passedMs / Math.max(1, learnedMs)), learnedMs };
}

function mixed(older: Float32Array | null, newer: Cells, gain: number): Float32Array {
  if (older === null) return Float32Array.from(newer);
  return older.map((value, cell) => value + Math.min(1, gain) * ((newer[cell] ?? 0) - value));
}
