// Starts a pair; one that the system has no room for is lost at once, as any other may be later.
import type { CaptureSource } from '../../capture/source.ts';
import type { AwayFault } from '../../observation/fault.ts';
import { messageOf } from '../../observation/message-of.ts';
import type { Clock } from '../clock.ts';
import { Pair, type PairListener } from './pair.ts';

export type StartedPair = Pick<Pair, 'acknowledge' | 'processes' | 'stop' | 'hasEnded'>;

export function startPair(
  source: CaptureSource,
  sensorOptions: string,
  clock: Clock,
  listener: PairListener,
): StartedPair {
  try {
    return new Pair(source, sensorOptions, clock, listener);
  } catch (error) {
    return lostPair(listener, 'sensor', `sensor ${messageOf(error)}`, clock);
  }
}

/** One that is lost before it has begun; the listener hears of it later, never at once. */
export function lostPair(listener: PairListener, fault: AwayFault, detail: string, clock: Clock): StartedPair {
  const cancel = clock.after(0, () => listener.lost(fault, detail));
  return { acknowledge: () => undefined, processes: () => [], stop: async () => cancel(), hasEnded: true };
}
