// Waits for what nobody tells, by looking again and again.
import type { Clock } from './clock.ts';

const LOOK_AGAIN_MS = 20;

/** Until the condition holds, but not longer than `limitMs`. */
export async function waitFor(holds: () => boolean, limitMs: number, clock: Clock): Promise<void> {
  const until = clock.monotonicNow() + limitMs;
  while (!holds() && clock.monotonicNow() < until) {
    await new Promise<void>((resolve) => {
      clock.after(LOOK_AGAIN_MS, resolve);
    });
  }
}
