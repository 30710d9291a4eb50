// One visit while it lasts: credited time, attention, glances and what the looks say, and the viewer it is reported as.
import { describeAge } from './age.ts';
import { type Fused, fuse, NO_LOOKS } from './fuse.ts';
import { describeGender } from './gender.ts';
import { foldedAge, type MinorsGate, type Standing, standingOf } from './minors.ts';
import type { AudienceOptions } from './options.ts';
import type { Segment } from './presence.ts';
import type { Viewer } from './viewer.ts';

export type Visit = Readonly<{
  viewer: Viewer;
  fused: Fused;
  standing: Standing;
  creditedTo: number;
  attendedTo: number;
}>;

/** Two attention intervals with a longer pause between them are two glances. */
const GLANCE_PAUSE_MS = 1000;

export function startVisit(id: string, enteredAt: number, gate: MinorsGate | null): Visit {
  return {
    viewer: { id, enteredAt, leftAt: null, dwellMs: 0, attentionMs: 0, glances: 0, age: null, gender: null },
    fused: NO_LOOKS,
    standing: gate === null ? 'cleared' : 'unjudged',
    creditedTo: enteredAt,
    attendedTo: Number.NEGATIVE_INFINITY,
  };
}

/** Adds stretches of presence, in order of time. */
export function creditVisit(visit: Visit, segments: readonly Segment[]): Visit {
  return segments.reduce(creditSegment, visit);
}

/** The instant in these stretches, which follow the visit so far, at which its attention reaches `attentionMs`, or null. */
export function attentionReachedAt(visit: Visit, segments: readonly Segment[], attentionMs: number): number | null {
  let missingMs = attentionMs - visit.viewer.attentionMs;
  if (missingMs <= 0) return null;
  for (const { from, to, attending } of segments) {
    if (!attending) continue;
    if (to - from >= missingMs) return from + missingMs;
    missingMs -= to - from;
  }
  return null;
}

export function endVisit(visit: Visit): Viewer {
  return { ...visit.viewer, leftAt: visit.creditedTo };
}

/** The visit with its age and gender described anew from all looks so far; who may be a minor has no gender. */
export function describeVisit(visit: Visit, fused: Fused, options: AudienceOptions, gate: MinorsGate | null): Visit {
  const belief = fuse(fused);
  const standing = standingOf(fused, belief, gate);
  if (standing !== 'cleared') {
    return { ...visit, fused, standing, viewer: { ...visit.viewer, age: foldedAge(belief, standing), gender: null } };
  }
  const age = belief.age === null ? null : describeAge(belief.age, options.age);
  const gender = describeGender(belief, options.gender);
  return { ...visit, fused, standing, viewer: { ...visit.viewer, age, gender } };
}

/** Whether the settled classes differ, which is what is worth telling. */
export function isDescribedDifferently(a: Viewer, b: Viewer): boolean {
  return a.age?.group !== b.age?.group || a.gender?.gender !== b.gender?.gender;
}

function creditSegment({ viewer, fused, standing, attendedTo }: Visit, { from, to, attending }: Segment): Visit {
  const isNewGlance = attending && from - attendedTo > GLANCE_PAUSE_MS;
  return {
    viewer: {
      id: viewer.id,
      enteredAt: viewer.enteredAt,
      leftAt: viewer.leftAt,
      dwellMs: viewer.dwellMs + (to - from),
      attentionMs: viewer.attentionMs + (attending ? to - from : 0),
      glances: viewer.glances + (isNewGlance ? 1 : 0),
      age: viewer.age,
      gender: viewer.gender,
    },
    fused,
    standing,
    creditedTo: to,
    attendedTo: attending ? to : attendedTo,
  };
}
