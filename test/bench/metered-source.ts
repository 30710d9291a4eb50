// The source of the bench: the demo scene as fast as the metered sensor takes it, joined to the daemon as the eye joins it.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { resolveSource } from '../../src/capture/resolve-source.ts';
import { type CaptureSource, NO_WISHES } from '../../src/capture/source.ts';
import type { Config } from '../../src/config/load.ts';
import { sensorArgument, streamHeader } from '../../src/daemon/component-options.ts';
import type { Nets } from '../../src/daemon/nets.ts';
import type { ObservationSource, SourceListener } from '../../src/daemon/observation-source.ts';
import { fromSensorSchema } from '../../src/observation/sensor-message.ts';
import type { Ledger } from './ledger.ts';
import { type BenchFrames, type SensorFigures, sensorFiguresSchema } from './sensor-figures.ts';

export type MeteredSetup = Readonly<{
  config: Config;
  nets: Nets;
  session: string;
  frames: BenchFrames;
  /** Of the daemon's processor time, which starts anew when the warming up is over. */
  ledger: Ledger;
  /** Called when the last frame is in, before anything ends. */
  finished: (figures: SensorFigures) => void;
}>;

const SENSOR = fileURLToPath(new URL('metered-sensor-child.ts', import.meta.url));
const HOOKS = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));

export async function meteredSource(setup: MeteredSetup): Promise<ObservationSource> {
  const source = await fullPaceDemo(setup.config);
  let processes: readonly ChildProcess[] = [];
  return {
    start: (listener) => {
      processes = startBoth(source, setup, listener);
    },
    stop: async () => {
      await Promise.all(processes.map(ended));
    },
    processes: () => [],
  };
}

/** The scene of the demo in which frames do not wait for their time, and none is dropped. */
async function fullPaceDemo({ source: { width, height, framesPerSecond } }: Config): Promise<CaptureSource> {
  const demo = await resolveSource({ ...NO_WISHES, width, height, fps: framesPerSecond, pace: 'max' });
  const args = demo.args.map((argument) => argument.replace(/,realtime$/, ''));
  return { ...demo, args, clock: 'media', live: false };
}

function startBoth(source: CaptureSource, setup: MeteredSetup, listener: SourceListener): readonly ChildProcess[] {
  const { config, nets, session, frames, ledger, finished } = setup;
  const sensor = fork(SENSOR, [sensorArgument(config, source, nets), JSON.stringify(frames)], {
    execArgv: ['--import', HOOKS],
    stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'ipc'],
  });
  // The fourth descriptor of the child is a pipe in both directions, whatever its type says.
  const pipe = sensor.stdio[3] as Readable;
  const capture = spawn(source.program, source.args, { stdio: ['ignore', pipe, 'ignore'] });
  capture.on('exit', () => pipe.destroy());
  sensor.on('exit', (code) => {
    if (code !== 0) listener.failed(new Error(`the sensor of the bench ended with code ${code}`));
  });
  sensor.on('message', (raw) => {
    ledger.charge('receive and broker');
    if (raw instanceof Object && 'kind' in raw && raw.kind === 'figures') {
      finished(sensorFiguresSchema.parse(raw));
      return;
    }
    const message = fromSensorSchema.parse(raw);
    if (message.kind === 'ready')
      listener.opened({ ...streamHeader(config, source, session, nets, null), wallAtZero: Date.now() });
    if (message.kind === 'ended') listener.ended();
    if (message.kind === 'failed') listener.failed(new Error(message.message));
    if (message.kind !== 'observation') return;
    const { observation, stages, sentAt } = message;
    if (observation.seq === frames.warmUp) ledger.reset();
    ledger.charge('receive and broker');
    listener.observed(observation, { stages, sentAt });
    ledger.charge('observe');
    sensor.send({ kind: 'acknowledged', seq: observation.seq });
    ledger.charge('receive and broker');
  });
  return [sensor, capture];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
