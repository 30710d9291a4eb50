// The phases of the eye, and how long each may go on without a sign of life.
import { stallMs } from '../../capture/frame-flow.ts';

/** `idle`: waits for the next attempt; `resting`: outside the opening hours; `ended`: for good. */
export type Phase = 'idle' | 'loading' | 'starting' | 'running' | 'resting' | 'ended';

/** Loading the nets on the smallest box takes seconds; a minute is a hang. */
const LOADING_PATIENCE_MS = 60_000;
/** The first frame of a network camera takes its time. */
const FIRST_FRAME_PATIENCE_MS = 15_000;

/** Milliseconds; `periodMs` is that of the frames. */
export function patienceMs(phase: Phase, periodMs: number): number {
  switch (phase) {
    case 'loading':
      return LOADING_PATIENCE_MS;
    case 'starting':
      return Math.max(FIRST_FRAME_PATIENCE_MS, stallMs(periodMs));
    case 'running':
      return stallMs(periodMs);
    default:
      return Number.POSITIVE_INFINITY;
  }
}
