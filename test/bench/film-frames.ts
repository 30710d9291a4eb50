// Decodes a film, or the pictures of a folder, to frames as the sensor gets them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type RawFrame, readFrames } from '../../src/sensor/frames.ts';
import { framesOf } from '../support/sensor-child.ts';

/** At 10 frames a second, scaled to the size given; `more` are arguments of ffmpeg before the input. */
export async function* filmFrames(
  path: string,
  size: Readonly<{ width: number; height: number }>,
  more: readonly string[] = [],
): AsyncGenerator<RawFrame> {
  const [program = '', ...args] = framesOf(path, size.width, size.height, more);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const frame = { ...size, strideBytes: size.width };
  yield* readFrames(child.stdout, { frame, periodMs: 100, clock: 'media', live: false }, () => performance.now());
  await closed;
  if (child.exitCode !== 0) throw new Error(`ffmpeg could not read ${path}`);
}
