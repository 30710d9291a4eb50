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
import { NOTHING_WATCHED, watchFrame } from '../sensor/watch-frame.ts';
import { type AnalyzedFace, type AnswerOptions, answerOf } from './answer.ts';
import { filmFrames } from './film-frames.ts';
import type { Film } from './film-source.ts';

export type SeenFrame = Readonly<{
  /** Milliseconds since the film began. */
  at: number;
  /** I420, valid until the next frame. */
  bytes: Buffer;
  faces: readonly AnalyzedFace[];
}>;

export type WatchedFilm = Readonly<{ frames: number; viewers: readonly Viewer[] }>;

/** `each` is given every frame in turn; false from it ends the film. */
export async function watchFilm(
  film: Film,
  nets: Nets,
  config: Settings,
  stop: AbortSignal,
  each: (frame: SeenFrame) => Promise<boolean>,
): Promise<WatchedFilm> {
  const options = readSensorOptions(sensorArgument(config, film.capture, nets));
  const audience = audienceOptions(config);
  const sight = await openSight(options);
  const viewers: Viewer[] = [];
  let watching = NOTHING_WATCHED;
  let state = openStream(null, { ...streamHeader(film.capture, SESSION, nets), wallAtZero: 0 }, audience);
  let beganAt: number | null = null;
  let at = 0;
  let frames = 0;
  for await (const raw of filmFrames(film, stop)) {
    beganAt ??= raw.at;
    at = raw.at - beganAt;
    frames += 1;
    const watched = await watchFrame(watching, { ...raw, at }, true, sight, options, monotonicMs);
    watching = watched.state;
    const step = observe(state, watched.observation, audience);
    state = step.state;
    viewers.push(...whoLeft(step.events));
    if (!(await each({ at, bytes: raw.bytes, faces: facesIn(watched.observation, state, audience) }))) break;
  }
  return { frames, viewers: [...viewers, ...whoLeft(endStream(state, at, audience).events)] };
}

const SESSION = 'film';

/** The number within the film. */
export function viewerNumber({ id }: Pick<Viewer, 'id'>): number {
  return Number(id.slice(SESSION.length + 1));
}

/** Confirmed viewers only: what was seen in a frame or two is often no face. */
function facesIn({ faces }: Observation, { subjects }: AudienceState, options: AnswerOptions): readonly AnalyzedFace[] {
  return faces.flatMap(({ box, confidence, track }) => {
    const subject = subjects.find((candidate) => candidate.track === track);
    if (!subject?.visit) return [];
    return [{ box, confidence, viewer: viewerNumber(subject.visit.viewer), ...answerOf(subject.fused, options) }];
  });
}

function whoLeft(events: readonly AudienceEvent[]): readonly Viewer[] {
  return events.flatMap((event) => (event.kind === 'left' ? [event.viewer] : []));
}
