// Finds out how a film, a camera or an address is read: at its own size and rate, frame by frame.
import { basename, extname } from 'node:path';
import { fullAddress, isStreamAddress, withoutCredentials } from '../capture/address.ts';
import { fileUrl } from '../capture/film.ts';
import type { FrameSize } from '../capture/frame-size.ts';
import { type Probed, probe } from '../capture/probe.ts';
import { resolveSource } from '../capture/resolve-source.ts';
import { type CaptureSource, NO_WISHES } from '../capture/source.ts';
import { sourceFrom } from '../capture/source-from.ts';
import { remoteFilmSource, streamInput } from '../capture/stream.ts';
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
/** For what does not say its rate. */
const USUAL_FRAMES_PER_SECOND = 25;

export async function filmOf(input: string): Promise<Film> {
  if (!isStreamAddress(input)) {
    const probed = await probe({ args: ['-i', fileUrl(input)], secret: null });
    return filmFrom(input, probed, { file: input, name: basename(input, extname(input)) });
  }
  const file = withoutCredentials(fullAddress(input, null));
  const named = { file, name: nameOf(file) };
  const probed = await probe(streamInput(input, null));
  if (probed.kind === 'video') return filmFrom(input, probed, named);
  const address = await mediaAddress(input, probed.reason);
  return filmFrom(address, await probe(streamInput(address, null)), named);
}

/** A camera is watched at the size and rate that the daemon would ask it for. */
export async function cameraFilm(device: string, { width, height, fps }: FrameSize & { fps: number }): Promise<Film> {
  const capture = await resolveSource({ ...NO_WISHES, camera: device, width, height, fps });
  return { kind: 'film', file: device, name: basename(device), capture, durationMs: null };
}

function filmFrom(input: string, probed: Probed, { file, name }: Pick<Film, 'file' | 'name'>): Film {
  if (probed.kind === 'unreadable') {
    throw new AnalyzeError(
      'input',
      `${file} cannot be read as a picture or a video: ${probed.reason}. Name a picture, a folder of pictures, a video or its address.`,
    );
  }
  const { framesPerSecond, durationMs } = probed;
  const size = evenWithin(probed.size);
  const fps = Math.min(MOST_FRAMES_PER_SECOND, framesPerSecond ?? USUAL_FRAMES_PER_SECOND);
  const options = { ...NO_WISHES, input, ...size, fps, pace: 'max' as const };
  const isRemoteFilm = isStreamAddress(input) && durationMs !== null;
  const capture = isRemoteFilm ? remoteFilmSource(input, options) : sourceFrom(options);
  return { kind: 'film', file, name, capture, durationMs };
}

/** I420 halves both sides for color. */
export function evenWithin({ width, height }: FrameSize): FrameSize {
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * shrink) / 2));
  return { width: even(width), height: even(height) };
}

/** Of the last part of the path, else the host. */
function nameOf(address: string): string {
  const last = basename(address.replace(/^[a-z]+:\/\//i, '').replace(/\/+$/, ''));
  return last.slice(0, last.length - extname(last).length).replace(/[^\w.-]+/g, '-') || 'video';
}
