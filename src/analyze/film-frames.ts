// Runs the program that decodes a film, and hands out its frames.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { withoutCredentials } from '../capture/address.ts';
import { dyingWithUs, lastWords, spawnToRead } from '../capture/child-program.ts';
import { leaveProgram } from '../capture/leave-program.ts';
import { systemClock } from '../daemon/clock.ts';
import { type RawFrame, readFrames } from '../sensor/frames.ts';
import { monotonicMs } from '../sensor/monotonic.ts';
import { AnalyzeError } from './analyze-error.ts';
import type { Film } from './film-source.ts';

/** As the daemon waits for its capture program. */
const PATIENCE_MS = 3000;

/** Ends with the film, or when `stop` is given; throws when the program failed before. */
export async function* filmFrames(
  { file, capture }: Pick<Film, 'file' | 'capture'>,
  stop: AbortSignal,
): AsyncGenerator<RawFrame> {
  // In a group of its own, so that a Ctrl-C is ours to handle.
  const child = spawnToRead(dyingWithUs(capture.program, capture.args, capture.deathSignal), capture.secret, {
    env: { ...process.env, ...capture.env },
    detached: true,
  });
  const end = () => child.kill(capture.stopSignal);
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = lastWords(complaints, chunk);
  });
  const closed = once(child, 'close');
  let frames = 0;
  try {
    for await (const frame of readFrames(child.stdout, capture, monotonicMs)) {
      if (stop.aborted) return;
      frames += 1;
      yield frame;
    }
    await closed;
    if (!stop.aborted) complain(file, child, frames, withoutCredentials(complaints));
  } finally {
    stop.removeEventListener('abort', end);
    await leaveProgram(child, capture.stopSignal, PATIENCE_MS, systemClock.after);
  }
}

function complain(file: string, { exitCode, signalCode }: ChildProcess, frames: number, complaints: string): void {
  if (exitCode === 0 && frames > 0) return;
  const how = complaints.trim().split('\n').at(-1) || `its decoder ended with ${exitCode ?? signalCode}`;
  const what = frames === 0 ? 'has no frame that can be read' : `cannot be read beyond its frame ${frames}`;
  throw new AnalyzeError('input', `${file} ${what}: ${how}`);
}
