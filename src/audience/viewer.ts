// A viewer: one visit of one anonymous person, with what was measured of it and what the looks say.
import type { Gender } from './rollup.ts';

export type Viewer = Readonly<{
  /** Unique within the session; says nothing about the person. */
  id: string;
  /** Instants of the stream's clock, milliseconds. */
  enteredAt: number;
  leftAt: number | null;
  dwellMs: number;
  attentionMs: number;
  glances: number;
  age: AgeEstimate | null;
  gender: GenderEstimate | null;
}>;

/** The fused age: the most probable group, its probability, the median in years and P(under 18). */
export type AgeEstimate = Readonly<{
  group: string;
  probability: number;
  medianYears: number;
  minorProbability: number;
}>;

export type GenderEstimate = Readonly<{ gender: Gender; probability: number }>;

export type LeaveReason = 'gone' | 'ended' | 'restart' | 'static';

export type AudienceEvent =
  | Readonly<{ kind: 'entered'; at: number; viewer: Viewer }>
  | Readonly<{ kind: 'described'; at: number; viewer: Viewer }>
  | Readonly<{ kind: 'left'; at: number; viewer: Viewer; reason: LeaveReason }>;
