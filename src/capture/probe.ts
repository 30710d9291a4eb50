// Asks ffprobe how large the pictures of an input are, as they are to be seen, how fast they follow, and when they end.
import { execFile } from 'node:child_process';
import { z } from 'zod';
import { withoutCredentials } from './address.ts';
import { CaptureError } from './capture-error.ts';
import { dyingWithUs } from './child-program.ts';
import type { FrameSize } from './frame-size.ts';

export type Probed = Video | Readonly<{ kind: 'unreadable'; reason: string }>;

type Video = Readonly<{
  kind: 'video';
  size: FrameSize;
  /** Null where the input does not say. */
  framesPerSecond: number | null;
  /** Null for what has no end. */
  durationMs: number | null;
}>;

/** Longer than the five seconds after which a silent stream is given up. */
const PATIENCE_MS = 15_000;

const ENTRIES =
  'frame=width,height,sample_aspect_ratio:frame_side_data=rotation:stream=avg_frame_rate,r_frame_rate:format=duration';

const reportSchema = z.object({
  frames: z.array(
    z.object({
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      sample_aspect_ratio: z.string().optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
  streams: z.array(z.object({ avg_frame_rate: z.string().optional(), r_frame_rate: z.string().optional() })),
  format: z.object({ duration: z.string().optional() }).optional(),
});

type Report = z.infer<typeof reportSchema>;

/** What setpriv ends with when there is no such program (POSIX, as a shell does). */
const NOT_FOUND = 127;

/** Decodes the first frame, since how a photograph is turned is told there only. */
export function probe(inputArgs: readonly string[]): Promise<Probed> {
  const args = ['-v', 'error', '-select_streams', 'V:0', '-read_intervals', '%+#1', '-show_frames'];
  const format = ['-show_entries', ENTRIES, '-of', 'json'];
  return new Promise((resolve, reject) => {
    execFile(
      ...dyingWithUs('ffprobe', [...args, ...format, ...inputArgs]),
      { timeout: PATIENCE_MS },
      (error, stdout, stderr) => {
        if (error?.code === NOT_FOUND) {
          reject(new CaptureError('ffprobe is not installed. Run apt-get install ffmpeg.', { cause: error }));
          return;
        }
        const video = error === null ? videoIn(reportSchema.parse(JSON.parse(stdout))) : null;
        resolve(video ?? { kind: 'unreadable', reason: reasonIn(stderr) });
      },
    );
  });
}

function videoIn({ frames: [frame], streams: [stream], format }: Report): Video | null {
  if (frame === undefined) return null;
  const rotation = frame.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const { height } = frame;
  const width = Math.round(frame.width * (ratioIn(frame.sample_aspect_ratio, ':') ?? 1));
  const seconds = Number(format?.duration);
  return {
    kind: 'video',
    size: Math.abs(rotation) % 180 === 90 ? { width: height, height: width } : { width, height },
    framesPerSecond: ratioIn(stream?.avg_frame_rate, '/') ?? ratioIn(stream?.r_frame_rate, '/'),
    durationMs: seconds > 0 ? seconds * 1000 : null,
  };
}

/** Null for what ffprobe does not know: `0:1`, `0/0`. */
function ratioIn(text: string | undefined, sign: ':' | '/'): number | null {
  const [over = 0, under = 0] = (text ?? '').split(sign).map(Number);
  return over > 0 && under > 0 ? over / under : null;
}

/** The last complaint, which is about the input as a whole, without its name. */
function reasonIn(stderr: string): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return withoutCredentials(last).split(': ').at(-1)?.trim() || 'no moving picture is in it';
}
