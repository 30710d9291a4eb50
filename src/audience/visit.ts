// One visit while it lasts: credited time, attention, glances and what the looks say, and the viewer it is reported as.
import { describeAge } from './age.ts';
import { type Fused, fuse, NO_LOOKS } from './fuse.ts';
import { describeGender } from './gender.ts';
import type { AudienceOptions } from './options.ts';
import type { Segment } from './presence.ts';
import type { Viewer } from './viewer.ts';

export type Visit = Readonly<{
  viewer: Viewer;
  fused: Fused;
  creditedTo: number;
  attendedTo: number;
}>;

/** Two attention intervals with a longer pause between them are two glances. */
const GLANCE_PAUSE_MS = 1000;

export function startVisit(id: string, enteredAt: number): Visit {
  return {
    viewer: { id, enteredAt, leftAt: null, dwellMs: 0, attentionMs: 0, glances: 0, age: null, gender: null },
    fused: NO_LOOKS,
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

/** The visit with its age and gender described anew from all looks so far. */
export function describeVisit(visit: Visit, fused: Fused, options: AudienceOptions): Visit {
  const belief = fuse(fused);
  const age = belief.age === null ? null : describeAge(belief.age, options.age);
  return { ...visit, fused, viewer: { ...visit.viewer, age, gender: describeGender(belief, options.gender) } };
}

/** Whether the settled classes differ, which is what is worth telling. */
export function isDescribedDifferently(a: Viewer, b: Viewer): boolean {
  return a.age?.group !== b.age?.group || a.gender?.gender !== b.gender?.gender;
}

function creditSegment({ viewer, fused, attendedTo }: Visit, { from, to, attending }: Segment): Visit {
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
    creditedTo: to,
    attendedTo: attending ? to : attendedTo,
  };
}
