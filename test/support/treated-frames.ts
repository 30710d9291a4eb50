// Reads frames of films and photographs with what a camera or the light may do to them, by filters of ffmpeg.
import { execFileSync } from 'node:child_process';
import { frameBytes, type Picture } from '../../src/sensor/luma.ts';

const FRAME = { width: 640, height: 480, strideBytes: 640 };

type Taken = Readonly<{
  path: string;
  framesPerSecond?: number;
  seconds: number;
  fromSecond?: number;
  /** Put between scaling and the end, such as `gblur=4`. */
  filters?: string;
  /** What ffmpeg writes, where that is not what is read. */
  size?: Readonly<{ width: number; height: number }>;
  format?: string;
}>;

/** Whole frames; a photograph is repeated for as long as asked. */
export function treatedFrames(taken: Taken): readonly Picture[] {
  const { path, framesPerSecond = 10, seconds, fromSecond = 0, filters = 'null', size = FRAME } = taken;
  const input = /\.jpe?g$/.test(path) ? ['-loop', '1', '-i', path] : ['-ss', String(fromSecond), '-i', path];
  const shown = `fps=${framesPerSecond},scale=${size.width}:${size.height},${filters},scale=${size.width}:${size.height}`;
  const output = ['-t', String(seconds), '-pix_fmt', taken.format ?? 'yuv420p', '-f', 'rawvideo', 'pipe:1'];
  const args = ['-nostdin', '-v', 'error', ...input, '-vf', shown, ...output];
  const bytes = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 30 });
  return cutIntoFrames(bytes);
}

export function cutIntoFrames(bytes: Buffer): readonly Picture[] {
  const length = frameBytes(FRAME);
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) => ({
    bytes: bytes.subarray(index * length, (index + 1) * length),
    shape: FRAME,
    visible: null,
  }));
}
