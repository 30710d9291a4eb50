// Asks ffprobe how large the pictures of an input are, as they are to be seen, how fast they follow, and when they end.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { CaptureError } from './capture-error.ts';
import { dyingWithUs, spawnToRead } from './child-program.ts';
import { complaintIn } from './complaint.ts';
import type { FfmpegInput } from './ffmpeg.ts';
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

const ENTRIES = [
  'frame=width,height,sample_aspect_ratio:frame_side_data=rotation:frame_tags',
  // Films say there how they are turned.
  'stream=width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate:stream_side_data=rotation',
  'format=duration',
].join(':');

/** Microseconds: libavformat/concatdec.c, segment_time_metadata. */
const CONCAT_DURATION = 'lavf.concatdec.duration';

const pictureSchema = z.object({
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  sample_aspect_ratio: z.string().optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

const reportSchema = z.object({
  frames: z.array(pictureSchema.extend({ tags: z.record(z.string(), z.string()).optional() })),
  streams: z.array(
    pictureSchema.extend({ avg_frame_rate: z.string().optional(), r_frame_rate: z.string().optional() }),
  ),
  format: z.object({ duration: z.string().optional() }).optional(),
});

type Picture = z.infer<typeof pictureSchema>;
type Report = z.infer<typeof reportSchema>;

/** What setpriv ends with when there is no such program (POSIX, as a shell does). */
const NOT_FOUND = 127;

/** Decodes the first frame, since how a photograph is turned is told there only. */
export async function probe({ args: inputArgs, secret }: FfmpegInput): Promise<Probed> {
  const args = ['-v', 'error', '-select_streams', 'V:0', '-read_intervals', '%+#1', '-show_frames'];
  const format = ['-show_entries', ENTRIES, '-of', 'json'];
  const command = dyingWithUs('ffprobe', [...args, ...format, ...inputArgs]);
  const child = spawnToRead(command, secret, { timeout: PATIENCE_MS });
  const [report, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode === NOT_FOUND) throw new CaptureError('ffprobe is not installed. Run apt-get install ffmpeg.');
  const video = child.exitCode === 0 ? videoIn(reportSchema.parse(JSON.parse(report))) : null;
  return video ?? { kind: 'unreadable', reason: reasonIn(complaints) };
}

function videoIn({ frames: [frame], streams: [stream], format }: Report): Video | null {
  // We may have joined a camera, which has no end, between two whole pictures; a film whose first one cannot be read is none.
  const isEndless = format?.duration === undefined;
  const { width = 0, height = 0, sample_aspect_ratio: pixel } = frame ?? (isEndless ? stream : null) ?? {};
  if (width === 0 || height === 0) return null;
  const rotation = rotationOf(frame) ?? rotationOf(stream) ?? 0;
  const seen = { width: Math.round(width * (ratioIn(pixel, ':') ?? 1)), height };
  return {
    kind: 'video',
    size: Math.abs(rotation) % 180 === 90 ? { width: seen.height, height: seen.width } : seen,
    framesPerSecond: ratioIn(stream?.avg_frame_rate, '/') ?? ratioIn(stream?.r_frame_rate, '/'),
    durationMs: milliseconds(format?.duration, 1e3) ?? milliseconds(frame?.tags?.[CONCAT_DURATION], 1e-3),
  };
}

function rotationOf(part: Picture | undefined): number | null {
  return part?.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? null;
}

function milliseconds(time: string | undefined, perUnit: number): number | null {
  const duration = Number(time) * perUnit;
  return duration > 0 ? duration : null;
}

/** Null for what ffprobe does not know: `0:1`, `0/0`. */
function ratioIn(text: string | undefined, sign: ':' | '/'): number | null {
  const [over = 0, under = 0] = (text ?? '').split(sign).map(Number);
  return over > 0 && under > 0 ? over / under : null;
}

/** The last complaint, which is about the input as a whole, without its name. */
function reasonIn(stderr: string): string {
  return complaintIn(stderr).words?.split(': ').at(-1)?.trim() || 'no moving picture is in it';
}
