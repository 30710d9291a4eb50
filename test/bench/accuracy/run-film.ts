// Runs a film through the sensor and the audience core as they are shipped, in this process.
import type { AnalyzedViewer } from '../../../src/analyze/answer.ts';
import { watchFilm } from '../../../src/analyze/watch-film.ts';
import { resolveSource } from '../../../src/capture/resolve-source.ts';
import { NO_WISHES } from '../../../src/capture/source.ts';
import type { Config } from '../../../src/config/load.ts';
import type { Nets } from '../../../src/daemon/nets.ts';
import type { Observation } from '../../../src/observation/observation.ts';

export type FilmRun = Readonly<{
  frame: Readonly<{ width: number; height: number }>;
  observations: readonly Observation[];
  /** In the order in which they left. */
  viewers: readonly AnalyzedViewer[];
  personSeconds: number;
}>;

/** At the size and rate of the configuration, as the daemon would. */
export async function runFilm(file: string, config: Config, nets: Nets): Promise<FilmRun> {
  const { width, height, framesPerSecond: fps } = config.source;
  const capture = await resolveSource({ ...NO_WISHES, input: file, width, height, fps, pace: 'max' });
  const observations: Observation[] = [];
  const whole = { stop: new AbortController().signal, begin: () => undefined };
  const { viewers } = await watchFilm({ file, capture }, nets, config, whole, async ({ observation }) => {
    observations.push(observation);
    return true;
  });
  // The dwell of all viewers is what the periods add up to.
  const personMs = viewers.reduce((sum, { dwellMs }) => sum + dwellMs, 0);
  return { frame: capture.frame, observations, viewers, personSeconds: personMs / 1000 };
}
