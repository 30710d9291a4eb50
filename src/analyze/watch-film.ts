// Watches a film or camera as the daemon does: faces are followed, looked at when it is worth it, and fused over time.
import type { AudienceState } from '../audience/audience-state.ts';
import { endStream, observe, openStream } from '../audience/observe.ts';
import type { AudienceEvent, Viewer } from '../audience/viewer.ts';
import type { Settings } from '../config/schema.ts';
import { audienceOptions, sensorArgument, streamHeader } from '../daemon/component-options.ts';
import type { Nets } from '../daemon/nets.ts';
import type { Observation } from '../observation/observation.ts';
import { monotonicMs } from '../sensor/monotonic.ts';
import { readSensorOptions } from '../sensor/sensor-options.ts';
import { openSight } from '../sensor/sight.ts';
import { viewed } from '../sensor/view.ts';
import { NOTHING_WATCHED, watchFrame } from '../sensor/watch-frame.ts';
import {
  type AnalyzedFace,
  type AnalyzedViewer,
  type Answer,
  type AnswerOptions,
  answerOf,
  NO_ANSWER,
} from './answer.ts';
import { filmFrames } from './film-frames.ts';
import type { Film } from './film-source.ts';

export type SeenFrame = Readonly<{
  /** Milliseconds since the film began. */
  at: number;
  /** I420, valid until the next frame. */
  bytes: Buffer;
  observation: Observation;
  faces: readonly SeenFace[];
}>;

/** Of a confirmed viewer. */
type SeenFace = AnalyzedFace & Readonly<{ viewer: number }>;

export type WatchedFilm = Readonly<{
  frames: number;
  /** In the order in which they left. */
  viewers: readonly AnalyzedViewer[];
}>;

/** `each` is given every frame in turn; false from it ends the film. */
export async function watchFilm(
  film: Pick<Film, 'file' | 'capture'>,
  nets: Nets,
  config: Settings,
  { stop, begin }: Readonly<{ stop: AbortSignal; begin: () => void }>,
  each: (frame: SeenFrame) => Promise<boolean>,
): Promise<WatchedFilm> {
  const options = readSensorOptions(sensorArgument(config, film.capture, nets));
  const audience = audienceOptions(config);
  const sight = await openSight(options);
  const left: Viewer[] = [];
  const answers = new Map<number, Answer>();
  let watching = NOTHING_WATCHED;
  let state = openStream(null, { ...streamHeader(config, film.capture, SESSION, nets, null), wallAtZero: 0 }, audience);
  let beganAt: number | null = null;
  let at = 0;
  let frames = 0;
  begin();
  for await (const raw of viewed(filmFrames(film, stop), options)) {
    beganAt ??= raw.at;
    at = raw.at - beganAt;
    frames += 1;
    const watched = await watchFrame(watching, { ...raw, at }, true, sight, options, monotonicMs);
    watching = watched.state;
    const step = observe(state, watched.observation, audience);
    state = step.state;
    left.push(...whoLeft(step.events));
    const faces = facesIn(watched.observation, state, audience);
    for (const { viewer, age, gender } of faces) answers.set(viewer, { age, gender });
    if (!(await each({ at, bytes: raw.bytes, observation: watched.observation, faces }))) break;
  }
  // As for the daemon the last frame lasts as long as any.
  left.push(...whoLeft(endStream(state, Math.round(at + film.capture.periodMs), audience).events));
  return { frames, viewers: left.map((viewer) => analyzedViewer(viewer, answers)) };
}

const SESSION = 'film';

/** Confirmed viewers only: what was seen in a frame or two is often no face. */
function facesIn({ faces }: Observation, { subjects }: AudienceState, options: AnswerOptions): readonly SeenFace[] {
  return faces.flatMap(({ box, confidence, track }) => {
    const subject = subjects.find((candidate) => candidate.track === track);
    if (!subject?.visit) return [];
    return [{ box, confidence, viewer: viewerNumber(subject.visit.viewer), ...answerOf(subject.fused, options) }];
  });
}

function analyzedViewer(left: Viewer, answers: ReadonlyMap<number, Answer>): AnalyzedViewer {
  const viewer = viewerNumber(left);
  const { enteredAt, leftAt, dwellMs, attentionMs, glances } = left;
  return { viewer, enteredAt, leftAt, dwellMs, attentionMs, glances, ...(answers.get(viewer) ?? NO_ANSWER) };
}

/** The number within the film. */
function viewerNumber({ id }: Viewer): number {
  return Number(id.slice(SESSION.length + 1));
}

function whoLeft(events: readonly AudienceEvent[]): readonly Viewer[] {
  return events.flatMap((event) => (event.kind === 'left' ? [event.viewer] : []));
}
