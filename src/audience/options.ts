// What the audience core is told: thresholds in milliseconds and probabilities, and the times derived from the source.
import type { AgeOptions } from './age.ts';
import { type ConfirmOptions, confirmationRule } from './confirm.ts';
import type { GenderOptions } from './gender.ts';
import type { MinorsGate } from './minors.ts';

export type AudienceOptions = Readonly<{
  maxGapMs: number;
  /** Attention that makes a viewer a watcher. */
  watcherMs: number;
  age: AgeOptions;
  gender: GenderOptions;
  /** Null where the gate for minors is off. */
  minors: MinorsGate | null;
  /** A face whose crop changes by less than this for this long is a poster. */
  staticChangeRatio: number;
  staticAfterMs: number;
}>;

/** Times that follow from the period of the source; published in `info`. */
export type Timing = Readonly<{
  /** Longest time that one frame is credited with, so that a stalled camera cannot inflate anything. */
  maxIntervalMs: number;
  maxGapMs: number;
  /** A period is written this long after its end, when nothing can be credited to it any more. */
  lagMs: number;
  confirm: ConfirmOptions;
}>;

const LEAST_MAX_INTERVAL_MS = 500;
const PERIODS_PER_INTERVAL = 2.5;

/** Of a source with a frame every `periodMs`. */
export function timingOf(source: ConfirmOptions, maxGapMs: number): Timing {
  const intervals = PERIODS_PER_INTERVAL * source.periodMs;
  const gap = Math.max(maxGapMs, intervals);
  return {
    maxIntervalMs: Math.max(LEAST_MAX_INTERVAL_MS, intervals),
    maxGapMs: gap,
    lagMs: Math.max(gap, confirmationRule(source).milliseconds + source.periodMs),
    confirm: { periodMs: source.periodMs, zoomCheck: source.zoomCheck },
  };
}
