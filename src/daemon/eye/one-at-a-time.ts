// Starts one pair after the other: none while a program of the one before cannot be ended, or each attempt would leave one more.
import type { Clock } from '../clock.ts';
import type { Lens } from './lens.ts';
import type { PairListener } from './pair.ts';
import { lostPair, type StartedPair } from './start-pair.ts';

const ENDING = 'the programs of the last attempt are still ending';
/** A process that waits in the kernel for its device heeds no signal; the kernel lets go of it with the device. */
const STUCK =
  'a program of the last attempt hangs in the kernel and cannot be ended; unplug the camera for a moment, or restart the device';
/** A guess: many times what a killed program needs to end on a busy device. */
const STUCK_AFTER_MS = 10_000;

export function oneAtATime(clock: Clock): (start: (listener: PairListener) => StartedPair) => Lens['startPair'] {
  let last: StartedPair | null = null;
  let heldSince: number | null = null;
  return (start) => (listener) => {
    if (last === null || last.hasEnded) {
      heldSince = null;
      last = start(listener);
      return last;
    }
    heldSince ??= clock.monotonicNow();
    const isStuck = clock.monotonicNow() - heldSince >= STUCK_AFTER_MS;
    return lostPair(listener, 'hung', isStuck ? STUCK : ENDING, clock);
  };
}
