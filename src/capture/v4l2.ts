// A camera at a V4L2 device, usually USB, as a source.
import { FFMPEG, fitFilter, I420_ARGS, QUIET_ARGS } from './ffmpeg.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

export function v4l2Source(device: string, options: CaptureOptions): CaptureSource {
  const { width, height, fps } = options;
  return {
    kind: 'v4l2',
    label: `camera ${device}`,
    program: FFMPEG,
    args: [
      ...QUIET_ARGS,
      '-f',
      'v4l2',
      // Uncompressed video fills a USB 2 bus at a few frames per second.
      '-input_format',
      'mjpeg',
      '-video_size',
      `${width}x${height}`,
      '-framerate',
      String(fps),
      '-i',
      device,
      // A driver may choose another size and rate than it was asked for.
      '-vf',
      `fps=${fps},${fitFilter({ width, height })}`,
      ...I420_ARGS,
    ],
    ...framesAsked(options),
    device,
    ...CAMERA_FLOW,
  };
}
