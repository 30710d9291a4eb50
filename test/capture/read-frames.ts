// Runs a source like the daemon does and collects the frames that it writes.
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { dyingWithUs, spawnToRead } from '../../src/capture/child-program.ts';
import type { CaptureSource } from '../../src/capture/source.ts';

export type Taken = { frames: Buffer[]; exitCode: number | null; stderr: string; tookMs: number };

/** Takes whole frames until the source ends or `most` have come; `tookMs` is the time from the first to the last. */
export async function readFrames(
  source: CaptureSource,
  most = Number.POSITIVE_INFINITY,
  env: NodeJS.ProcessEnv = {},
  /** Called as each frame comes. */
  onFrame: (frames: readonly Buffer[]) => void = () => undefined,
): Promise<Taken> {
  const frameBytes = (source.frame.strideBytes * source.frame.height * 3) / 2;
  const child = spawnToRead(dyingWithUs(source.program, source.args, source.deathSignal), source.secret, {
    env: { ...process.env, ...source.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const frames: Buffer[] = [];
  let rest = Buffer.alloc(0);
  let firstAt: number | null = null;
  let lastAt = 0;
  for await (const chunk of child.stdout) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= frameBytes && frames.length < most) {
      lastAt = performance.now();
      firstAt ??= lastAt;
      frames.push(rest.subarray(0, frameBytes));
      rest = rest.subarray(frameBytes);
      onFrame(frames);
    }
    if (frames.length >= most) break;
  }
  if (frames.length >= most) child.kill(source.stopSignal);
  await ended;
  if (frames.length < most && rest.length > 0) throw new Error(`${rest.length} bytes are no whole frame`);
  return { frames, exitCode: child.exitCode, stderr, tookMs: lastAt - (firstAt ?? lastAt) };
}

/** Brightness, 16 (black) to 235 (white), at a place of a frame. */
export function lumaAt(source: CaptureSource, frame: Buffer | undefined, x: number, y: number): number | null {
  return frame?.[y * source.frame.strideBytes + x] ?? null;
}
