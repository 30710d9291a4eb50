// Starts one pair after the other: none while a program of the one before cannot be ended, or each attempt would leave one more.

import type { AwayFault } from '../../observation/fault.ts';
import { messageOf } from '../../observation/message-of.ts';
import type { Clock } from '../clock.ts';
import type { Lens, PairPort } from './lens.ts';
import type { Pair, PairListener } from './pair.ts';

type StartedPair = PairPort & Pick<Pair, 'hasEnded'>;

const ENDING = 'the programs of the last attempt are still ending';
/** A process that waits in the kernel for its device heeds no signal; the kernel lets go of it with the device. */
const STUCK =
  'a program of the last attempt hangs in the kernel and cannot be ended; unplug the camera for a moment, or restart the device';
/** A guess: many times what a killed program needs to end on a busy device. */
const STUCK_AFTER_MS = 10_000;

/** `start` begins a pair, and may throw where the system has no room for a process. */
export function oneAtATime(clock: Clock): (start: (listener: PairListener) => StartedPair) => Lens['startPair'] {
  let last: StartedPair | null = null;
  let heldSince: number | null = null;
  return (start) => (listener) => {
    if (last?.hasEnded === false) {
      heldSince ??= clock.monotonicNow();
      const isStuck = clock.monotonicNow() - heldSince >= STUCK_AFTER_MS;
      return lostPair(listener, 'hung', isStuck ? STUCK : ENDING, clock);
    }
    heldSince = null;
    try {
      last = start(listener);
      return last;
    } catch (error) {
      return lostPair(listener, 'sensor', `sensor ${messageOf(error)}`, clock);
    }
  };
}

/** One that is lost before it has begun. */
function lostPair(listener: PairListener, fault: AwayFault, detail: string, clock: Clock): PairPort {
  const cancel = clock.after(0, () => listener.lost(fault, detail));
  return { acknowledge: () => undefined, processes: () => [], stop: async () => cancel() };
}
