// What the eye looks through: the source at one frame rate, and how its two programs are started.
import type { CaptureSource } from '../../capture/source.ts';
import type { StreamHeader } from '../../observation/observation.ts';
import type { Pair, PairListener } from './pair.ts';

export type Lens = Readonly<{
  source: CaptureSource;
  header: Omit<StreamHeader, 'wallAtZero'>;
  /** Starts capture program and sensor; tells the listener later, never at once. */
  startPair: (listener: PairListener) => PairPort;
}>;

/** What the eye needs of a pair, so that tests can stand in for it. */
export type PairPort = Pick<Pair, 'acknowledge' | 'processes' | 'stop'>;
