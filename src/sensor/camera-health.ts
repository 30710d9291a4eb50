// Notices that a live camera shows nothing (dark, covered) or shows the same picture for ever (frozen).
import type { CameraReading } from '../observation/observation.ts';
import type { Glimpse } from './glimpse.ts';

export type CameraHealth = Readonly<{
  /** Since when the picture is dark, null when it is not. */
  darkSince: number | null;
  /** Since when the picture is the same to the bit. */
  same: Readonly<{ thumbnail: Uint8Array; since: number }> | null;
}>;

export const NOTHING_NOTICED: CameraHealth = { darkSince: null, same: null };

const DARK_LUMA = 6;
const DARK_DEVIATION = 3;
const DARK_AFTER_MS = 60_000;
const FROZEN_AFTER_MS = 30_000;
/** Cameras repeat a frame now and then; sensor noise makes even a still scene differ sooner than this. */
const FROZEN_SUSPECT_AFTER_MS = 1000;

export function noticeHealth(health: CameraHealth, seen: Glimpse, at: number): CameraHealth {
  const isDark = seen.luma < DARK_LUMA || seen.lumaDeviation < DARK_DEVIATION;
  const isSame = health.same !== null && Buffer.compare(health.same.thumbnail, seen.thumbnail) === 0;
  return {
    darkSince: isDark ? (health.darkSince ?? at) : null,
    same: isSame ? health.same : { thumbnail: seen.thumbnail, since: at },
  };
}

export function healthWord({ darkSince, same }: CameraHealth, at: number): CameraReading['state'] {
  const darkMs = darkSince === null ? null : at - darkSince;
  const sameMs = same === null ? 0 : at - same.since;
  if (darkMs !== null && darkMs >= DARK_AFTER_MS) return 'dark';
  if (sameMs >= FROZEN_AFTER_MS) return 'frozen';
  return darkMs !== null || sameMs >= FROZEN_SUSPECT_AFTER_MS ? 'suspect' : 'ok';
}
