// Notices that frames are no pictures: random bytes, another size or format, or the rest after a part of a frame was lost.
import { correlation } from './correlation.ts';
import { type Lasting, lastedMs, lasting } from './lasting.ts';

export type Garbled = Readonly<{ thumbnail: Uint8Array | null; senseless: Lasting }>;

export const NOT_GARBLED: Garbled = { thumbnail: null, senseless: null };

const GARBLED_AFTER_MS = 2000;
/** One frame in four that happens to look right is no recovery, and neither is a cut a fault. */
const FORGIVEN_MS = 1000;
/** The same for cameras that give a frame every second or less. */
const LEAST_PERIODS = 2.5;
/**
 * In films without a cut 0.91 at ten frames a second and 0.73 at two, with people close to the camera; frames of another size
 * mostly stay below 0.3, and random bytes below 0.03 (test/bench/camera-health.bench.ts).
 */
const UNRELATED_BELOW = 0.3;
/** Of colors: see `colorDisorder`. */
const DISORDERED_ABOVE = 2;

export function noticeGarbled(
  before: Garbled,
  { thumbnail, disorder }: Readonly<{ thumbnail: Uint8Array; disorder: number }>,
  at: number,
  periodMs: number,
): Garbled {
  const related = before.thumbnail && correlation(before.thumbnail, thumbnail);
  const isSenseless = disorder > DISORDERED_ABOVE || (related !== null && related < UNRELATED_BELOW);
  return { thumbnail, senseless: lasting(before.senseless, isSenseless, at, atLeast(FORGIVEN_MS, periodMs)) };
}

export function garbledWord({ senseless }: Garbled, periodMs: number): 'ok' | 'suspect' | 'garbled' {
  if (senseless === null) return 'ok';
  return lastedMs(senseless) >= atLeast(GARBLED_AFTER_MS, periodMs) ? 'garbled' : 'suspect';
}

function atLeast(ms: number, periodMs: number): number {
  return Math.max(ms, LEAST_PERIODS * periodMs);
}
