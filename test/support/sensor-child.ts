// Runs the real sensor the way the daemon does, joined to a program that writes frames, and collects what it says.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SENSOR_FLAGS, SENSOR_PROGRAM, sensorEnvironment } from '../../src/daemon/eye/sensor-command.ts';
import { type FromSensor, fromSensorSchema } from '../../src/observation/sensor-message.ts';
import type { SensorOptions } from '../../src/sensor/sensor-options.ts';

export type SensorRun = Readonly<{
  messages: readonly FromSensor[];
  observations: readonly Extract<FromSensor, { kind: 'observation' }>['observation'][];
  exitCode: number | null;
  stderr: string;
}>;

export type SensorSetup = Readonly<{
  options: SensorOptions;
  /** The program that writes I420 frames, with its arguments; none for a sensor that fails before. */
  capture: readonly string[] | null;
  /** Programs in front of node, such as strace. */
  before?: readonly string[];
  /** Flags of node before the program, such as another module to load first. */
  flags?: readonly string[];
  /** False to leave observations without acknowledgment. */
  acknowledges?: boolean;
  seen?: (message: FromSensor, child: ChildProcess) => void;
}>;

export async function runSensor(setup: SensorSetup): Promise<SensorRun> {
  const [program = 'setpriv', ...before] = setup.before ?? ['setpriv', '--pdeathsig', 'KILL'];
  const child = fork(SENSOR_PROGRAM, [JSON.stringify(setup.options)], {
    execPath: program,
    execArgv: [...before, process.execPath, ...SENSOR_FLAGS, ...(setup.flags ?? [])],
    env: sensorEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
  });
  const messages: FromSensor[] = [];
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.on('message', (raw) => {
    const message = fromSensorSchema.parse(raw);
    messages.push(message);
    setup.seen?.(message, child);
    if (message.kind === 'ready' && setup.capture !== null) startCapture(child, setup.capture);
    if (message.kind === 'observation' && setup.acknowledges !== false) {
      child.send({ kind: 'acknowledged', seq: message.observation.seq });
    }
  });
  // Its last messages and words may come after its exit; the descriptor for frames may stay open when it exits first.
  const [[exitCode]] = await Promise.all([
    once(child, 'exit'),
    once(child, 'disconnect'),
    ...(child.stderr === null ? [] : [once(child.stderr, 'close')]),
  ]);
  const observations = messages.flatMap((message) => (message.kind === 'observation' ? [message.observation] : []));
  return { messages, observations, exitCode: typeof exitCode === 'number' ? exitCode : null, stderr };
}

/** ffmpeg with frames of the film or picture, at the rate and size given. */
export function framesOf(path: string, width: number, height: number, more: readonly string[] = []): readonly string[] {
  const scaled = ['-vf', `fps=10,scale=${width}:${height}`, '-pix_fmt', 'yuv420p', '-f', 'rawvideo'];
  return ['ffmpeg', '-nostdin', '-v', 'error', ...more, '-i', path, ...scaled, 'pipe:1'];
}

function startCapture(child: ChildProcess, [program = '', ...args]: readonly string[]): void {
  // The fourth descriptor of the child is a pipe in both directions, whatever its type says.
  const pipe = child.stdio[3] as Readable;
  const capture = spawn(program, args, { stdio: ['ignore', pipe, 'inherit'] });
  capture.on('exit', () => pipe.destroy());
}
