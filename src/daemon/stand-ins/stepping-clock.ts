// A clock whose wall time can be set while it runs, as a person or a time server would; its other times go on.
import type { Clock } from '../clock.ts';

export function steppingClock(clock: Clock): Readonly<{ clock: Clock; step(byMs: number): void }> {
  let offsetMs = 0;
  return {
    clock: { ...clock, wallNow: () => clock.wallNow() + offsetMs },
    step: (byMs) => {
      offsetMs += byMs;
    },
  };
}
