// Turns one photograph into one frame, in memory.
import { FFMPEG, fitFilter, I420_ARGS, QUIET_ARGS } from '../ffmpeg.ts';
import type { FrameSize } from '../frame-size.ts';
import { collect } from './collect.ts';

export async function i420Of(jpeg: Buffer, size: FrameSize, stop: AbortSignal): Promise<Buffer> {
  const input = ['-f', 'jpeg_pipe', '-i', 'pipe:0', '-frames:v', '1'];
  const command = [FFMPEG, ...QUIET_ARGS, ...input, '-vf', fitFilter(size), ...I420_ARGS] as const;
  const { bytes, reason } = await collect(command, stop, jpeg);
  if (bytes.length !== (size.width * size.height * 3) / 2) throw new Error(`a photograph cannot be read: ${reason}`);
  return bytes;
}
