// A camera at a V4L2 device, usually USB, as a source.
import { dyingWithUs } from './child-program.ts';
import { FFMPEG, fitFilter, I420_ARGS, livePicturesArgs, QUIET_ARGS } from './ffmpeg.ts';
import { CAMERA_FLOW, framesAsked } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

/** Of the control power_line_frequency: V4L2_CID_POWER_LINE_FREQUENCY_50HZ and _60HZ of linux/v4l2-controls.h. */
const POWER_LINE_FREQUENCIES = { 50: 1, 60: 2 } as const;

export function v4l2Source(device: string, options: CaptureOptions): CaptureSource {
  const { width, height, fps } = options;
  return {
    kind: 'v4l2',
    label: `camera ${device}`,
    program: 'sh',
    args: [
      '-c',
      start(options.exposure),
      'onlooker-v4l2',
      device,
      ...QUIET_ARGS,
      ...['-f', 'v4l2', '-video_size', `${width}x${height}`, '-framerate', String(fps), '-i', device],
      // A driver may choose another size and rate than it was asked for.
      ...livePicturesArgs(fps, fitFilter({ width, height })),
      ...I420_ARGS,
    ],
    ...framesAsked(options),
    device,
    ...CAMERA_FLOW,
  };
}

/**
 * Sets what the camera knows of the wishes, then becomes ffmpeg. Uncompressed video fills a USB 2 bus at a few frames per second,
 * so JPEG is asked for wherever the camera has it; where it has none, ffmpeg would fail with such a wish.
 */
function start({ flickerHz, backlight }: CaptureOptions['exposure']): string {
  const controls = [
    ...(flickerHz === null ? [] : [`power_line_frequency=${POWER_LINE_FREQUENCIES[flickerHz]}`]),
    ...(backlight ? ['backlight_compensation=1'] : []),
  ];
  const ask = shellWords(FFMPEG, ['-nostdin', '-hide_banner', '-f', 'v4l2', '-list_formats', 'compressed']);
  return [
    'device=$1; shift',
    // One by one, since few cameras know all; without v4l2-ctl, or a camera, nothing of it happens.
    ...controls.map((control) => `${shellWords('v4l2-ctl', [])} -d "$device" -c ${control} >/dev/null 2>&1`),
    `if ${ask} -i "$device" 2>&1 | grep -q ' mjpeg '; then exec ${FFMPEG} -input_format mjpeg "$@"; fi`,
    `exec ${FFMPEG} "$@"`,
  ].join('\n');
}

function shellWords(program: string, args: readonly string[]): string {
  return dyingWithUs(program, args).flat().join(' ');
}
