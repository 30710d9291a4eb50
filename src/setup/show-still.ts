// Shows one frame of a source on the terminal: starts the capture program and the program that draws, joined as camera and sensor are.
import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { dyingWithUs, lastWords, secretDescriptor, tellSecret } from '../capture/child-program.ts';
import { complaintIn } from '../capture/complaint.ts';
import { leaveProgram } from '../capture/leave-program.ts';
import type { CaptureSource } from '../capture/source.ts';
import type { Clock } from '../daemon/clock.ts';
import { SENSOR_FLAGS } from '../daemon/eye/sensor-command.ts';
import type { Canvas, StillOptions } from './still-options.ts';

const STILL_PROGRAM = fileURLToPath(new URL('../../dist/still/main.js', import.meta.url));
const SETTLE_MS = 1000;
const LIMIT_MS = 12_000;
const PATIENCE_MS = 2000;

/** Null when it was shown; else why not. What is drawn goes to standard output, past this process. */
export async function showStill(
  source: CaptureSource,
  shown: Pick<StillOptions, 'frame' | 'view'>,
  canvas: Canvas,
  clock: Clock,
): Promise<string | null> {
  const { periodMs, live } = source;
  const settleMs = live ? SETTLE_MS : 0;
  const options: StillOptions = { ...shown, periodMs, clock: source.clock, live, settleMs, ...canvas };
  const [node, args] = dyingWithUs(process.execPath, [...SENSOR_FLAGS, STILL_PROGRAM, JSON.stringify(options)]);
  const still = spawn(node, args, { stdio: ['ignore', 'inherit', 'pipe', 'pipe'] });
  const pipe = still.stdio[3];
  if (!(pipe instanceof Duplex)) throw new Error('the program that shows a still has no pipe for its frames');
  let capture: ChildProcess | null = null;
  try {
    // What is written to its other end nobody here can read.
    capture = spawn(...dyingWithUs(source.program, source.args, source.deathSignal), {
      stdio: ['ignore', pipe, 'pipe', secretDescriptor(source.secret)],
      env: { ...process.env, ...source.env },
      detached: true,
    });
    tellSecret(capture, source.secret);
    return await outcome(still, capture, pipe, clock);
  } finally {
    pipe.destroy();
    await Promise.all([
      capture === null ? null : leaveProgram(capture, source.stopSignal, PATIENCE_MS, clock.after),
      leaveProgram(still, 'SIGKILL', PATIENCE_MS, clock.after),
    ]);
  }
}

function outcome(still: ChildProcess, capture: ChildProcess, pipe: Duplex, clock: Clock): Promise<string | null> {
  let said = '';
  let stillSaid = '';
  capture.stderr?.on('data', (chunk: Buffer) => {
    said = lastWords(said, chunk);
  });
  still.stderr?.on('data', (chunk: Buffer) => {
    stillSaid = lastWords(stillSaid, chunk);
  });
  return new Promise((resolve) => {
    const cancel = clock.after(LIMIT_MS, () => resolve(`no picture came within ${LIMIT_MS / 1000} s`));
    const finish = (problem: string | null) => {
      cancel();
      resolve(problem);
    };
    // Then the program that draws sees the end of the frames, after the last of them.
    capture.on('exit', () => pipe.destroy());
    capture.on('error', ({ message }) => finish(message));
    still.on('error', ({ message }) => finish(message));
    still.on('close', (code) => {
      if (code === 0) return finish(null);
      const { words, remedy } = complaintIn(said);
      const reason = words ?? stillSaid.trim().split('\n').at(-1) ?? '';
      finish(`no picture came${reason === '' ? '' : `: ${reason}`}${remedy === null ? '' : `; ${remedy}`}`);
    });
  });
}
