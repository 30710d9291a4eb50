// Turns certain presence into visits and credit: who enters, who is described anew, who leaves.
import type { AudienceState } from './audience-state.ts';
import { gateOf } from './minors.ts';
import type { AudienceOptions } from './options.ts';
import { addCredits, addEntry, addSplit, addWatcher, type Credit, reclassify } from './periods.ts';
import { taken } from './presence.ts';
import { type Subject, withPresence } from './subject.ts';
import type { AudienceEvent, LeaveReason } from './viewer.ts';
import {
  attentionReachedAt,
  creditVisit,
  describeVisit,
  endVisit,
  isDescribedDifferently,
  startVisit,
  type Visit,
} from './visit.ts';

export type Settled = Readonly<{ state: AudienceState; events: readonly AudienceEvent[]; credits: readonly Credit[] }>;

/** The state is the one of the whole audience, but for its subjects. */
type SettledSubject = Settled & Readonly<{ subject: Subject }>;

/** Posters remembered at most; the oldest is forgotten. */
const MAX_POSTERS = 20;

/** Credits what is certain, starts the visits of the newly confirmed, and shows posters the door. */
export function settle(before: AudienceState, at: number, options: AudienceOptions): Settled {
  let state = before;
  const subjects: Subject[] = [];
  const events: AudienceEvent[] = [];
  const credits: Credit[] = [];
  for (const subject of before.subjects) {
    const settled = settleSubject(state, subject, at, options);
    state = settled.state;
    subjects.push(settled.subject);
    events.push(...settled.events);
    credits.push(...settled.credits);
  }
  const { header, timing, frameAt, creditedTo, healthy, orphans, posters, nextViewer } = state;
  const periods = addCredits(state.periods, credits);
  return {
    state: { header, timing, frameAt, creditedTo, healthy, subjects, orphans, posters, nextViewer, periods },
    events,
    credits,
  };
}

/** Drops the tracks that were not seen for longer than a gap, after crediting them; their viewers leave. */
export function expire(before: AudienceState, at: number, options: AudienceOptions): Settled {
  const isOver = (seenAt: number) => at - seenAt > before.timing.maxGapMs;
  const lost = before.orphans.filter(({ seenAt }) => isOver(seenAt));
  if (lost.length === 0 && !before.subjects.some(({ presence }) => isOver(presence.seenAt))) {
    return { state: before, events: [], credits: [] };
  }
  const { state, events, credits } = settle(before, at, options);
  const gone = state.subjects.filter(({ presence }) => isOver(presence.seenAt));
  return {
    state: {
      ...state,
      subjects: state.subjects.filter((subject) => !gone.includes(subject)),
      orphans: state.orphans.filter((orphan) => !lost.includes(orphan)),
      periods: lost.reduce((periods) => addSplit(periods, state.header.wallAtZero + at), state.periods),
    },
    events: [...events, ...leave(gone, at, 'gone'), ...leave(lost, at, 'restart')],
    credits,
  };
}

/** Everybody leaves because the stream is over. */
export function dismiss(state: AudienceState, at: number): Settled {
  return {
    state: { ...state, subjects: [], orphans: [] },
    events: leave([...state.subjects, ...state.orphans], at, 'ended'),
    credits: [],
  };
}

function leave(all: readonly { visit: Visit | null }[], at: number, reason: LeaveReason): AudienceEvent[] {
  return all.flatMap(({ visit }) => (visit === null ? [] : [{ kind: 'left', at, viewer: endVisit(visit), reason }]));
}

function settleSubject(state: AudienceState, subject: Subject, at: number, options: AudienceOptions): SettledSubject {
  const isNew = subject.visit === null;
  if (isNew && (subject.excluded || !subject.confirmation.confirmed))
    return { state, subject, events: [], credits: [] };
  const { wallAtZero, session } = state.header;
  const gate = gateOf(options.minors, state.header);
  const { certain } = subject.presence;
  const events: AudienceEvent[] = [];
  let { periods, nextViewer } = state;
  let { visit } = subject;
  if (visit === null) {
    const enteredAt = certain[0]?.from ?? at;
    visit = startVisit(`${session}-${nextViewer}`, enteredAt, gate);
    nextViewer += 1;
    periods = addEntry(periods, visit.viewer, wallAtZero + enteredAt);
  }
  if (subject.fused !== visit.fused) {
    const described = describeVisit(visit, subject.fused, options, gate);
    if (isDescribedDifferently(visit.viewer, described.viewer)) {
      if (!isNew) events.push({ kind: 'described', at, viewer: described.viewer });
      periods = reclassify(periods, described.viewer);
    }
    visit = described;
  }
  const watchingAt = attentionReachedAt(visit, certain, options.watcherMs);
  if (watchingAt !== null) periods = addWatcher(periods, visit.viewer, wallAtZero + watchingAt);
  const credited = creditVisit(visit, certain);
  if (isNew) events.unshift({ kind: 'entered', at, viewer: credited.viewer });
  const settled: SettledSubject = {
    state: periods === state.periods ? state : { ...state, nextViewer, periods },
    subject: withPresence(subject, taken(subject.presence), credited),
    events,
    credits: certain.map(({ from, to, attending }) => ({
      viewer: credited.viewer,
      from: wallAtZero + from,
      to: wallAtZero + to,
      attending,
    })),
  };
  return subject.excluded ? exclude(settled, at) : settled;
}

/** A face that does not change for minutes is a poster: its visit ends now, what was counted stays. */
function exclude({ state, subject, events, credits }: SettledSubject, at: number): SettledSubject {
  const posters = [...state.posters, { box: subject.box }].slice(-MAX_POSTERS);
  return {
    state: { ...state, posters },
    subject: { ...subject, visit: null },
    events: [...events, ...leave([subject], at, 'static')],
    credits,
  };
}
