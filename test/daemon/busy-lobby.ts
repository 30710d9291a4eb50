// A recording of a busy lobby: people of known ages come and go, the light goes out for a while, and the sensor restarts.
import { followOptions } from '../../src/daemon/component-options.ts';
import type { Look, Observation } from '../../src/observation/observation.ts';
import { trackFilm } from '../support/track-film.ts';
import { detectionsOf, headerOf, type Person, walkPast } from '../support/walk-past.ts';
import { recordingOf, testConfig } from './daemon-rig.ts';

/** Noon of a Monday, five seconds into a minute. */
const WALL_AT_ZERO = Date.UTC(2026, 0, 5, 12, 0, 5);
const RESTART_AT = 130_000;
const END_AT = 200_000;

/** Every third is a child, every second a woman; the sizes differ, and with them the age. */
export const VISITORS: readonly Person[] = Array.from({ length: 24 }, (_, index) =>
  walkPast({
    from: 2000 + index * 7300,
    until: 2000 + index * 7300 + 4000 + (index % 5) * 3100,
    looksAt: [2000 + index * 7300, 4000 + index * 8000],
    track: 1 + (index % 4),
    widthPx: 40 + 8 * (index % 6),
    speedX: 5,
  }),
);

export async function recordLobby(): Promise<string> {
  const header = headerOf({ session: 'lobby1', clock: 'monotonic', wallAtZero: WALL_AT_ZERO, live: true });
  const before = watched({ until: RESTART_AT });
  const after = watched({ from: RESTART_AT + 4000, until: END_AT });
  return recordingOf({ header, observations: before.map(darkened) }, { header, observations: after });
}

function watched(shooting: Readonly<{ from?: number; until: number }>): readonly Observation[] {
  const options = followOptions(testConfig(), {
    periodMs: 100,
    zoomCheck: false,
    thresholds: { start: 0.5, continue: 0.4 },
  });
  return trackFilm(detectionsOf(VISITORS, shooting), { options, look: (_, widthPx) => lookAt(widthPx) });
}

function lookAt(widthPx: number): Pick<Look, 'age' | 'gender'> {
  const female = widthPx % 16 === 0 ? 0.97 : 0.03;
  return {
    age: { kind: 'normal', meanYears: widthPx % 24 === 0 ? 8 : widthPx - 10, sdYears: 4 },
    gender: { female, male: 1 - female },
  };
}

function darkened(observation: Observation): Observation {
  const isDark = observation.at >= 90_000 && observation.at < 97_000;
  return isDark ? { ...observation, camera: { ...observation.camera, state: 'suspect' } } : observation;
}
