// How long to wait before the next attempt to reach a camera.

const STEPS_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000] as const;
const JITTER_RATIO = 0.2;

/** Delay before attempt number `attempt` (0 is the first), ±20 % so that a fleet does not move in step; `random` is 0..1. */
export function backoffMs(attempt: number, random: number): number {
  const step = STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)] ?? 0;
  return Math.round(step * (1 + JITTER_RATIO * (2 * random - 1)));
}
