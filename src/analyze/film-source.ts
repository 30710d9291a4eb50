// Finds out how a film, a camera or an address is read: at its own size and rate, frame by frame.
import { execFile } from 'node:child_process';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { isStreamAddress, withoutCredentials } from '../capture/address.ts';
import { fileUrl } from '../capture/film.ts';
import type { FrameSize } from '../capture/frame-size.ts';
import { probe } from '../capture/probe.ts';
import { resolveSource } from '../capture/resolve-source.ts';
import type { CaptureOptions, CaptureSource } from '../capture/source.ts';
import { sourceFrom } from '../capture/source-from.ts';
import { streamInputArgs } from '../capture/stream.ts';
import { AnalyzeError } from './analyze-error.ts';
import { mediaAddress } from './video-page.ts';

export type Film = Readonly<{
  kind: 'film';
  /** As the user named it, without credentials. */
  file: string;
  /** What an annotated copy is called after. */
  name: string;
  capture: CaptureSource;
  /** Null for what has no end. */
  durationMs: number | null;
}>;

const LONGEST_SIDE = 1920;
const MOST_FRAMES_PER_SECOND = 30;
const PATIENCE_MS = 15_000;

export async function filmOf(input: string): Promise<Film> {
  if (!isStreamAddress(input)) return filmFrom(input, input, basename(input, extname(input)));
  const file = withoutCredentials(input);
  const probed = await probe(streamInputArgs(input));
  const address = probed.kind === 'size' ? input : await mediaAddress(input, probed.reason);
  return filmFrom(address, file, nameOf(file));
}

/** A camera is watched at the size and rate that the daemon would ask it for. */
export async function cameraFilm(device: string, { width, height, fps }: FrameSize & { fps: number }): Promise<Film> {
  const options: CaptureOptions = { input: null, camera: device, width, height, fps, pace: 'max', pictureMs: 1 };
  const capture = await resolveSource(options);
  return { kind: 'film', file: device, name: basename(device), capture, durationMs: null };
}

async function filmFrom(input: string, file: string, name: string): Promise<Film> {
  const inputArgs = isStreamAddress(input) ? streamInputArgs(input) : ['-i', fileUrl(input)];
  const probed = await probe(inputArgs);
  if (probed.kind === 'unreadable') {
    throw new AnalyzeError(
      'input',
      `${file} cannot be read as a picture or a video: ${probed.reason}. Name a picture, a folder of pictures, a video or its address.`,
    );
  }
  const { framesPerSecond, durationMs } = await rateOf(inputArgs);
  const size = evenWithin(probed.size);
  const fps = Math.min(MOST_FRAMES_PER_SECOND, framesPerSecond);
  const capture = sourceFrom({ input, camera: null, ...size, fps, pace: 'max', pictureMs: 1 });
  // An address with an end is a file that lies elsewhere: none of its frames is to be missed.
  const flow = durationMs === null ? {} : { clock: 'media' as const, live: false, endsByItself: true };
  return { kind: 'film', file, name, capture: { ...capture, ...flow }, durationMs };
}

/** I420 halves both sides for color. */
export function evenWithin({ width, height }: FrameSize): FrameSize {
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * shrink) / 2));
  return { width: even(width), height: even(height) };
}

const rateSchema = z.object({
  streams: z.array(z.object({ avg_frame_rate: z.string().optional(), r_frame_rate: z.string().optional() })),
  format: z.object({ duration: z.string().optional() }).optional(),
});

/** What ffprobe does not know is guessed: 25 frames per second, no end. */
function rateOf(inputArgs: readonly string[]): Promise<{ framesPerSecond: number; durationMs: number | null }> {
  const entries = ['-show_entries', 'stream=avg_frame_rate,r_frame_rate:format=duration', '-of', 'json'];
  const args = ['--pdeathsig', 'KILL', 'ffprobe', '-v', 'error', '-select_streams', 'V:0', ...entries, ...inputArgs];
  return new Promise((resolve) => {
    execFile('setpriv', args, { timeout: PATIENCE_MS }, (error, stdout) => {
      const found = error === null ? rateSchema.parse(JSON.parse(stdout)) : null;
      const stream = found?.streams[0];
      const seconds = Number(found?.format?.duration);
      const framesPerSecond = fractionIn(stream?.avg_frame_rate) ?? fractionIn(stream?.r_frame_rate) ?? 25;
      resolve({ framesPerSecond, durationMs: seconds > 0 ? seconds * 1000 : null });
    });
  });
}

function fractionIn(text: string | undefined): number | null {
  const [over = 0, under = 0] = (text ?? '').split('/').map(Number);
  return over > 0 && under > 0 ? over / under : null;
}

/** Of the last part of the path, else the host. */
function nameOf(address: string): string {
  const last = basename(address.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, ''));
  return last.slice(0, last.length - extname(last).length).replace(/[^\w.-]+/g, '-') || 'video';
}
