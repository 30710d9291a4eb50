// Runs a film through the audience core and adds up what it wrote, as the daemon would.
import type { AudienceState } from '../../src/audience/audience-state.ts';
import type { FollowOptions } from '../../src/audience/follow.ts';
import type { LookOptions } from '../../src/audience/looks.ts';
import { endStream, observe, openStream, type Step } from '../../src/audience/observe.ts';
import type { AudienceOptions } from '../../src/audience/options.ts';
import type { Cell, PeriodPart } from '../../src/audience/rollup.ts';
import type { AudienceEvent, Viewer } from '../../src/audience/viewer.ts';
import type { Observation, StreamHeader } from '../../src/observation/observation.ts';
import { headerOf } from './walk-past.ts';

export type Measured = Readonly<{
  state: AudienceState;
  events: readonly AudienceEvent[];
  parts: readonly PeriodPart[];
}>;

export const OPTIONS: AudienceOptions = {
  maxGapMs: 1000,
  watcherMs: 1000,
  age: {
    groups: [
      { name: 'child', fromYears: 0, toYears: 13 },
      { name: 'youngAdult', fromYears: 14, toYears: 34 },
      { name: 'adult', fromYears: 35, toYears: 55 },
      { name: 'senior', fromYears: 56, toYears: null },
    ],
    minConfidence: 0.6,
  },
  gender: { minConfidence: 0.7 },
  minors: null,
  staticChangeRatio: 0.02,
  staticAfterMs: 120_000,
};

export const LOOK_OPTIONS: LookOptions = {
  maxPerTrack: 8,
  maxPerFrame: 1,
  intervalMs: 500,
  settledGender: 0.9,
  settledAge: 0.8,
  age: OPTIONS.age,
};

export const FOLLOW_OPTIONS: FollowOptions = {
  periodMs: 100,
  maxGapMs: 1000,
  startConfidence: 0.6,
  continueConfidence: 0.4,
  zoomCheck: false,
  looks: LOOK_OPTIONS,
};

/** Observes the whole film and ends the stream one period after its last frame. */
export function measure(observations: readonly Observation[], header: Partial<StreamHeader> = {}): Measured {
  const opened = headerOf(header);
  const seen = watch(openStream(null, opened, OPTIONS), observations);
  const last = observations.at(-1);
  return last === undefined ? seen : proceed(seen, endStream(seen.state, last.at + opened.periodMs, OPTIONS));
}

/** Observes these frames with the stream left open. */
export function watch(state: AudienceState, observations: readonly Observation[]): Measured {
  const events: AudienceEvent[] = [];
  const parts: PeriodPart[] = [];
  let now = state;
  for (const observation of observations) {
    const step = observe(now, observation, OPTIONS);
    events.push(...step.events);
    parts.push(...step.closed);
    now = step.state;
  }
  return { state: now, events, parts };
}

export function proceed(before: Measured, step: Step): Measured {
  return {
    state: step.state,
    events: [...before.events, ...step.events],
    parts: [...before.parts, ...step.closed],
  };
}

export function viewersWhoLeft(events: readonly AudienceEvent[]): readonly Viewer[] {
  return events.flatMap((event) => (event.kind === 'left' ? [event.viewer] : []));
}

/** Sum over all cells of the parts. */
export function total(
  parts: readonly PeriodPart[],
  amount: 'personMs' | 'attentionMs' | 'entered' | 'watchers',
): number {
  return parts.flatMap(({ cells }): readonly Cell[] => cells).reduce((sum, cell) => sum + cell[amount], 0);
}
