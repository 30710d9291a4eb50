// A network camera as a source: RTSP, or video over HTTP, endless and live.
import { fullAddress, isPlaylistAddress, isRtspAddress, withoutCredentials } from './address.ts';
import {
  FFMPEG,
  type FfmpegInput,
  FIRST_VIDEO_ARGS,
  fitFilter,
  I420_ARGS,
  livePicturesArgs,
  QUIET_ARGS,
} from './ffmpeg.ts';
import { CAMERA_FLOW, FILE_FLOW, framesAsked, stallMs } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

/** A server that is silent for this long is given up. */
const SILENCE_MS = 5000;
/**
 * A camera that falls silent is noticed by us first: ffmpeg answers each of its own timeouts with one of the pictures that it held
 * back (three were seen), which would pass for signs of life.
 */
const AFTER_STALL_MS = 3000;

/** What an address may lead to; no `file`, since a playlist from elsewhere could name one. */
const PROTOCOLS = ['pipe', 'rtp', 'udp', 'tcp', 'tls', 'http', 'https', 'httpproxy', 'crypto', 'data'];

/** Where the script is read: descriptor 3. */
const SCRIPT_ARGS = [
  ...['-f', 'concat', '-safe', '0', '-protocol_whitelist', PROTOCOLS.join(',')],
  // So that each picture says how long what it belongs to is, since the script as a whole does not.
  ...['-segment_time_metadata', '1', '-i', 'pipe:3'],
];

export function streamSource(address: string, options: CaptureOptions): CaptureSource {
  // The pieces of a playlist are to be played, not taken as fast as they can be had.
  const pace = isPlaylistAddress(address) ? ['-re'] : [];
  const silenceMs = stallMs(1000 / options.fps) + AFTER_STALL_MS;
  return {
    ...withPictures(address, options, silenceMs, pace, livePicturesArgs(options.fps, fitFilter(options))),
    ...CAMERA_FLOW,
  };
}

/** A film that lies at an address: it has an end, and none of its frames is to be missed. */
export function remoteFilmSource(address: string, options: CaptureOptions): CaptureSource {
  return {
    ...withPictures(address, options, SILENCE_MS, [], ['-vf', `fps=${options.fps},${fitFilter(options)}`]),
    ...FILE_FLOW,
  };
}

/**
 * ffmpeg is given the address as a script with one entry for its demuxer `concat` (https://ffmpeg.org/ffmpeg-formats.html#concat-1),
 * since anybody on the machine can read its arguments and it takes an address from nowhere else.
 */
export function streamInput(
  address: string,
  credentials: CaptureOptions['credentials'],
  silenceMs = SILENCE_MS,
): FfmpegInput {
  const silenceUs = Math.round(silenceMs * 1000);
  // UDP loses packets, and with them whole frames; the option `timeout` is the word of FFmpeg 5 and later.
  const options = isRtspAddress(address) ? ['rtsp_transport tcp', `timeout ${silenceUs}`] : [`rw_timeout ${silenceUs}`];
  const lines = [
    'ffconcat version 1.0',
    `file '${fullAddress(address, credentials)}'`,
    ...options.map((option) => `option ${option}`),
  ];
  return { args: SCRIPT_ARGS, secret: `${lines.join('\n')}\n` };
}

function withPictures(
  address: string,
  options: CaptureOptions,
  silenceMs: number,
  paceArgs: readonly string[],
  pictureArgs: readonly string[],
): Omit<CaptureSource, keyof typeof CAMERA_FLOW> {
  const { args, secret } = streamInput(address, options.credentials, silenceMs);
  return {
    kind: 'stream',
    label: `stream ${withoutCredentials(fullAddress(address, null))}`,
    program: FFMPEG,
    args: [...QUIET_ARGS, ...paceArgs, ...args, ...FIRST_VIDEO_ARGS, ...pictureArgs, ...I420_ARGS],
    ...framesAsked(options),
    secret,
  };
}
