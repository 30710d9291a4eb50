// Asks ffprobe how large the pictures of an input are, as they are to be seen.
import { execFile } from 'node:child_process';
import { z } from 'zod';
import { withoutCredentials } from './address.ts';
import { CaptureError } from './capture-error.ts';
import type { FrameSize } from './frame-size.ts';

export type Probed = Readonly<{ kind: 'size'; size: FrameSize } | { kind: 'unreadable'; reason: string }>;

/** Longer than the five seconds after which a silent stream is given up. */
const PATIENCE_MS = 15_000;

const FRAME_ENTRIES = 'frame=width,height,sample_aspect_ratio:frame_side_data=rotation';

const reportSchema = z.object({
  frames: z.array(
    z.object({
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      sample_aspect_ratio: z.string().optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
});

/** What setpriv ends with when there is no such program (POSIX, as a shell does). */
const NOT_FOUND = 127;

/** Decodes the first frame, since how a photograph is turned is told there only. */
export function probe(inputArgs: readonly string[]): Promise<Probed> {
  const args = ['-v', 'error', '-select_streams', 'V:0', '-read_intervals', '%+#1', '-show_frames'];
  const format = ['-show_entries', FRAME_ENTRIES, '-of', 'json'];
  return new Promise((resolve, reject) => {
    const behind = ['--pdeathsig', 'KILL', 'ffprobe'];
    execFile(
      'setpriv',
      [...behind, ...args, ...format, ...inputArgs],
      { timeout: PATIENCE_MS },
      (error, stdout, stderr) => {
        if (error?.code === NOT_FOUND) {
          reject(new CaptureError('ffprobe is not installed. Run apt-get install ffmpeg.', { cause: error }));
          return;
        }
        const size = error === null ? sizeIn(stdout) : null;
        resolve(size === null ? { kind: 'unreadable', reason: reasonIn(stderr) } : { kind: 'size', size });
      },
    );
  });
}

function sizeIn(report: string): FrameSize | null {
  const frame = reportSchema.parse(JSON.parse(report)).frames[0];
  if (frame === undefined) return null;
  const rotation = frame.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const width = Math.round(frame.width * pixelAspect(frame.sample_aspect_ratio));
  return Math.abs(rotation) % 180 === 90 ? { width: frame.height, height: width } : { width, height: frame.height };
}

function pixelAspect(ratio: string | undefined): number {
  const [across = 0, down = 0] = (ratio ?? '').split(':').map(Number);
  return across > 0 && down > 0 ? across / down : 1;
}

/** The last complaint, which is about the input as a whole, without its name. */
function reasonIn(stderr: string): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return withoutCredentials(last).split(': ').at(-1)?.trim() || 'no moving picture is in it';
}
