// The audience core: one observation in, what happened and what is to be written out.
import type { Face, Observation, StreamHeader } from '../observation/observation.ts';
import type { AudienceState } from './audience-state.ts';
import { type AudienceOptions, timingOf } from './options.ts';
import { addUptime, type Credit, closeDue, openParts, startPeriods } from './periods.ts';
import { forget, notSeen, pass, type Segment } from './presence.ts';
import type { PeriodPart } from './rollup.ts';
import { dismiss, expire, type Settled, settle } from './settle.ts';
import { meetSubject, orphanAt, type Subject, seeSubject, withoutPoster, withPresence } from './subject.ts';
import type { AudienceEvent } from './viewer.ts';

export type Step = Readonly<{
  state: AudienceState;
  events: readonly AudienceEvent[];
  /** Periods that were closed, in order of time; never changed afterwards. */
  closed: readonly PeriodPart[];
  /** Presence that became certain; of wall time. */
  credits: readonly Credit[];
  /** Healthy observed time that passed, on the stream's clock; null when none did. */
  uptime: Span | null;
}>;

type Span = Pick<Segment, 'from' | 'to'>;

/** Opens a stream; with the state of the last one, the run goes on and its viewers wait for their new tracks. */
export function openStream(last: AudienceState | null, header: StreamHeader, options: AudienceOptions): AudienceState {
  const timing = timingOf(header, options.maxGapMs);
  if (last === null) {
    return {
      header,
      timing,
      frameAt: null,
      creditedTo: null,
      healthy: false,
      subjects: [],
      orphans: [],
      posters: [],
      nextViewer: 1,
      periods: startPeriods(header.session, header.wallAtZero),
    };
  }
  const orphaned = last.subjects.flatMap(({ box, presence, fused, visit }) =>
    visit === null ? [] : [{ box, seenAt: presence.seenAt, fused, visit }],
  );
  return { ...last, header, timing, healthy: false, subjects: [], orphans: [...last.orphans, ...orphaned] };
}

/** Takes in one frame. Observations of a stream come in order of `at`. */
export function observe(before: AudienceState, observation: Observation, options: AudienceOptions): Step {
  const { at } = observation;
  const credited = credit(before, at);
  const arrived = expire(credited, at, options);
  const healthy = observation.camera.state === 'ok';
  const faces = healthy ? observation.faces : [];
  const seen = see(arrived.state, faces, healthy, observation, options);
  const settled = settle(seen, at, options);
  return stepOf(write(settled.state, at), [arrived, settled], uptimeBetween(before, credited));
}

/** Time passes without a frame: whoever is not seen leaves, and periods close. */
export function tick(before: AudienceState, at: number, options: AudienceOptions): Step {
  const credited = credit(before, at);
  const passed = expire(credited, at, options);
  const settled = settle(passed.state, at, options);
  return stepOf(writePassed(settled.state, at), [passed, settled], uptimeBetween(before, credited));
}

/** The stream is over at `at`: everybody leaves and the open periods are written as they are. */
export function endStream(before: AudienceState, at: number, options: AudienceOptions): Step {
  const credited = credit(before, at);
  const settled = settle(credited, at, options);
  const dismissed = dismiss(settled.state, at);
  const written = writePassed(dismissed.state, at);
  const { periods } = written.state;
  return stepOf(
    {
      state: { ...written.state, periods: { ...periods, open: [] } },
      closed: [...written.closed, ...openParts(periods)],
    },
    [settled, dismissed],
    uptimeBetween(before, credited),
  );
}

/** The open periods as they stand now, to be kept in case of a power cut. */
export function checkpoint({ periods }: AudienceState): readonly PeriodPart[] {
  return openParts(periods);
}

/** The newest frame speaks for the time until now, but not for longer than the longest interval. */
function credit(state: AudienceState, at: number): AudienceState {
  const { header, timing, frameAt, creditedTo, healthy, orphans, posters, nextViewer } = state;
  if (creditedTo === null) {
    return { ...state, creditedTo: at, periods: startPeriods(header.session, header.wallAtZero + at) };
  }
  if (frameAt === null || !healthy) return state;
  const from = Math.max(creditedTo, frameAt);
  const to = Math.min(at, frameAt + timing.maxIntervalMs);
  if (to <= from) return state;
  return {
    header,
    timing,
    frameAt,
    creditedTo: to,
    healthy,
    subjects: state.subjects.map((subject) => withPresence(subject, pass(subject.presence, from, to))),
    orphans,
    posters,
    nextViewer,
    periods: addUptime(state.periods, header.wallAtZero + from, header.wallAtZero + to),
  };
}

/** What `credit` has added. */
function uptimeBetween({ creditedTo, frameAt }: AudienceState, after: AudienceState): Span | null {
  if (creditedTo === null || frameAt === null || after.creditedTo === creditedTo) return null;
  return { from: Math.max(creditedTo, frameAt), to: after.creditedTo ?? creditedTo };
}

function see(
  state: AudienceState,
  faces: readonly Face[],
  healthy: boolean,
  observation: Observation,
  options: AudienceOptions,
): AudienceState {
  const { at } = observation;
  const { header, timing, creditedTo, nextViewer, periods } = state;
  let { orphans, posters } = state;
  const known = new Map(state.subjects.map((subject) => [subject.track, subject]));
  const seen = new Map<number, Subject>();
  faces.forEach((face, index) => {
    if (face.track === null) return;
    let subject = known.get(face.track);
    if (subject === undefined) {
      const orphan = orphanAt(orphans, face.box);
      orphans = orphans.filter((other) => other !== orphan);
      subject = meetSubject(face.track, face, at, orphan, posters);
    }
    const looks = observation.looks.filter((look) => look.face === index);
    const now = seeSubject(subject, face, looks, observation, state.timing, options);
    if (subject.excluded && !now.excluded) posters = withoutPoster(posters, now.box);
    seen.set(face.track, now);
  });
  const unseen = state.subjects
    .filter((subject) => !seen.has(subject.track))
    .map((subject) => withPresence(subject, notSeen(subject.presence)));
  const subjects = [...unseen, ...seen.values()].sort((a, b) => a.track - b.track);
  return { header, timing, frameAt: at, creditedTo, healthy, subjects, orphans, posters, nextViewer, periods };
}

type Written = Pick<Step, 'state' | 'closed'>;

/** Only a frame tells that the clock was set back: time that passes without one may have been told before. */
function writePassed(state: AudienceState, at: number): Written {
  return write(state, Math.max(at, state.periods.openFrom - state.header.wallAtZero));
}

function write(state: AudienceState, at: number): Written {
  const { wallAtZero } = state.header;
  const { periods, closed } = closeDue(state.periods, wallAtZero + at, state.timing.lagMs);
  if (periods === state.periods) return { state, closed };
  const subjects = state.subjects.map((subject) =>
    withPresence(subject, forget(subject.presence, periods.openFrom - wallAtZero)),
  );
  return { state: { ...state, periods, subjects }, closed };
}

function stepOf({ state, closed }: Written, settled: readonly Settled[], uptime: Span | null): Step {
  const events = settled.flatMap((part) => part.events);
  return { state, events, closed, credits: settled.flatMap((part) => part.credits), uptime };
}
