// Everything the audience core remembers between two observations.
import type { StreamHeader } from '../observation/observation.ts';
import type { Timing } from './options.ts';
import type { Periods } from './periods.ts';
import type { Orphan, Poster, Subject } from './subject.ts';

/**
 * What is made anew in every frame (this, subjects, presence, visits, entries, tracks) names its fields where it is made:
 * V8 needs ten times as long to spread an object and replace some fields of it, and the compiler misses none.
 */
export type AudienceState = Readonly<{
  header: StreamHeader;
  timing: Timing;
  /** The newest frame; null before the first one. */
  frameAt: number | null;
  /** Up to here time has been credited; null before the run began to observe. */
  creditedTo: number | null;
  healthy: boolean;
  subjects: readonly Subject[];
  orphans: readonly Orphan[];
  posters: readonly Poster[];
  nextViewer: number;
  periods: Periods;
}>;
