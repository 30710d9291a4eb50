// Runs a film through the sensor and the audience core as they are shipped, in this process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endStream, observe, openStream, type Step } from '../../../src/audience/observe.ts';
import type { Viewer } from '../../../src/audience/viewer.ts';
import { resolveSource } from '../../../src/capture/resolve-source.ts';
import type { Config } from '../../../src/config/load.ts';
import { audienceOptions, sensorArgument, streamHeader } from '../../../src/daemon/component-options.ts';
import type { Nets } from '../../../src/daemon/nets.ts';
import type { Observation } from '../../../src/observation/observation.ts';
import { readFrames } from '../../../src/sensor/frames.ts';
import { readSensorOptions } from '../../../src/sensor/sensor-options.ts';
import { openSight } from '../../../src/sensor/sight.ts';
import { NOTHING_WATCHED, watchFrame } from '../../../src/sensor/watch-frame.ts';

export type FilmRun = Readonly<{
  frame: Readonly<{ width: number; height: number }>;
  observations: readonly Observation[];
  /** In the order in which they left. */
  viewers: readonly Viewer[];
  personSeconds: number;
}>;

export async function runFilm(film: string, config: Config, nets: Nets): Promise<FilmRun> {
  const { width, height, framesPerSecond: fps, pictureMs } = config.source;
  const source = await resolveSource({ input: film, camera: null, width, height, fps, pace: 'max', pictureMs });
  const options = readSensorOptions(sensorArgument(config, source, nets));
  const audience = audienceOptions(config);
  const sight = await openSight(options);
  const capture = spawn(source.program, source.args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(capture, 'close');

  let watching = NOTHING_WATCHED;
  let state = openStream(null, { ...streamHeader(source, 'bench', nets), wallAtZero: 0 }, audience);
  const observations: Observation[] = [];
  const viewers: Viewer[] = [];
  let personMs = 0;
  const take = ({ state: next, events, closed: parts }: Step) => {
    state = next;
    for (const event of events) if (event.kind === 'left') viewers.push(event.viewer);
    for (const { cells } of parts) personMs += cells.reduce((sum, cell) => sum + cell.personMs, 0);
  };
  for await (const frame of readFrames(capture.stdout, options, () => performance.now())) {
    const watched = await watchFrame(watching, frame, true, sight, options, () => performance.now());
    watching = watched.state;
    observations.push(watched.observation);
    take(observe(state, watched.observation, audience));
  }
  await closed;
  if (capture.exitCode !== 0) throw new Error(`${source.program} could not read ${film}`);
  take(endStream(state, (observations.at(-1)?.at ?? 0) + source.periodMs, audience));
  return { frame: source.frame, observations, viewers, personSeconds: personMs / 1000 };
}
