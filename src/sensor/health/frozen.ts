// Notices that the camera shows the same picture for ever.

/** Since when the picture is the same in each of its 64 × 48 cells, and whether it ever was another one. */
export type Frozen = Readonly<{ thumbnail: Uint8Array; since: number; hasChanged: boolean }> | null;

const FROZEN_AFTER_MS = 30_000;
/** Cameras repeat a frame now and then; sensor noise makes even a still scene differ sooner than this. */
const SUSPECT_AFTER_MS = 1000;
/** The same for cameras that give less than three frames a second. */
const SUSPECT_PERIODS = 2.5;

export function noticeFrozen(before: Frozen, thumbnail: Uint8Array, at: number): Frozen {
  const isSame = before !== null && Buffer.compare(before.thumbnail, thumbnail) === 0;
  return isSame ? before : { thumbnail, since: at, hasChanged: before !== null };
}

export function frozenWord(frozen: Frozen, at: number, periodMs: number): 'ok' | 'suspect' | 'frozen' {
  const sameMs = frozen === null ? 0 : at - frozen.since;
  if (sameMs >= FROZEN_AFTER_MS) return 'frozen';
  return sameMs >= Math.max(SUSPECT_AFTER_MS, SUSPECT_PERIODS * periodMs) ? 'suspect' : 'ok';
}

/**
 * A source that was frozen or garbled before its restart may still be, and one picture alone does not tell: it is believed with
 * the second one.
 */
export function firstPictureWord(frozen: Frozen): 'ok' | 'suspect' {
  return frozen?.hasChanged === false ? 'suspect' : 'ok';
}
