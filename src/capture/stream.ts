// A network camera as a source: RTSP, or video over HTTP, endless and live.
import { isRtspAddress, withoutCredentials } from './address.ts';
import { FFMPEG, FIRST_VIDEO_ARGS, fitFilter, I420_ARGS, QUIET_ARGS } from './ffmpeg.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

/** A server that is silent for this long is given up; ffmpeg counts in microseconds. */
const SILENCE_US = '5000000';

export function streamSource(address: string, options: CaptureOptions): CaptureSource {
  const { width, height, fps } = options;
  return {
    kind: 'stream',
    label: `stream ${withoutCredentials(address)}`,
    program: FFMPEG,
    args: [
      ...QUIET_ARGS,
      ...streamInputArgs(address),
      ...FIRST_VIDEO_ARGS,
      '-vf',
      `fps=${fps},${fitFilter({ width, height })}`,
      ...I420_ARGS,
    ],
    ...framesAsked(options),
    ...CAMERA_FLOW,
  };
}

export function streamInputArgs(address: string): readonly string[] {
  // UDP loses packets, and with them whole frames; -timeout is the word of FFmpeg 5 and later.
  const options = isRtspAddress(address)
    ? ['-rtsp_transport', 'tcp', '-timeout', SILENCE_US]
    : ['-rw_timeout', SILENCE_US];
  return [...options, '-i', address];
}
