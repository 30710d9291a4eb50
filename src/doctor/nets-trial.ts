// Runs the program that tries OpenCV and the nets, since this process may load neither.
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { dyingWithUs, lastWords } from '../capture/child-program.ts';
import type { FrameSize } from '../capture/frame-size.ts';
import type { Clock } from '../daemon/clock.ts';
import { SENSOR_FLAGS, sensorEnvironment } from '../daemon/eye/sensor-command.ts';
import type { PackChoice } from '../models/pack.ts';
import { type NetTime, trialMessageSchema } from '../observation/trial-message.ts';

export type NetsTrial = Readonly<{
  /** Null when it was not loaded. */
  opencv: Readonly<{ version: string; threads: number }> | null;
  times: readonly NetTime[];
  /** Why not everything was tried; null when it was. It is late where the machine is too slow or too busy. */
  failure: Readonly<{ isLate: boolean; words: string }> | null;
}>;

type TrialSetup = Readonly<{
  choice: PackChoice;
  frame: FrameSize;
  farWidths: readonly number[];
  /** Whether it gives way to others on the processor, as to a daemon that runs. */
  isGentle: boolean;
  clock: Clock;
}>;

const TRIAL_PROGRAM = fileURLToPath(new URL('../../dist/sensor/trial.js', import.meta.url));
const LIMIT_MS = 10_000;

export function tryNets({ choice: pack, frame, farWidths, isGentle, clock }: TrialSetup): Promise<NetsTrial> {
  const { width, height } = frame;
  const options = { pack, frame: { width, height, strideBytes: width }, farWidths };
  const [execPath, execArgv] = dyingWithUs(process.execPath, SENSOR_FLAGS);
  const child = fork(TRIAL_PROGRAM, [JSON.stringify(options)], {
    execPath,
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: sensorEnvironment(process.env),
  });
  if (isGentle && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let opencv: NetsTrial['opencv'] = null;
  const times: NetTime[] = [];
  let failure: NetsTrial['failure'] = null;
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = lastWords(said, chunk);
  });
  child.on('message', (raw) => {
    const message = trialMessageSchema.parse(raw);
    if (message.kind === 'opencv') opencv = message;
    else if (message.kind === 'timed') times.push(message);
    else failure = broken(message.message);
  });
  return new Promise((resolve) => {
    const cancel = clock.after(LIMIT_MS, () => {
      failure = { isLate: true, words: `not done after ${LIMIT_MS / 1000} s` };
      child.kill('SIGKILL');
    });
    child.on('error', (error) => {
      failure = broken(error.message);
    });
    child.on('close', (code, signal) => {
      cancel();
      if (code !== 0) failure ??= broken(endWords(code, signal, said));
      resolve({ opencv, times, failure });
    });
  });
}

function broken(words: string): NetsTrial['failure'] {
  return { isLate: false, words };
}

function endWords(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const line = said.split('\n').findLast((one) => /error/i.test(one));
  return line === undefined ? `it ${how}` : `it ${how}: ${line.trim()}`;
}
