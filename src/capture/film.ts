// A video file as a source: every frame of it at the rate asked for, timed by its place in the film.
import { basename } from 'node:path';
import { FFMPEG, FIRST_VIDEO_ARGS, fitFilter, I420_ARGS, QUIET_ARGS } from './ffmpeg.ts';
import { FILE_FLOW, framesAsked } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

export function filmSource(path: string, options: CaptureOptions): CaptureSource {
  const { width, height, fps, pace } = options;
  return {
    kind: 'file',
    label: `film ${basename(path)}`,
    program: FFMPEG,
    args: [
      ...QUIET_ARGS,
      ...(pace === 'realtime' ? ['-re'] : []),
      '-i',
      fileUrl(path),
      ...FIRST_VIDEO_ARGS,
      '-vf',
      `fps=${fps},${fitFilter({ width, height })}`,
      ...I420_ARGS,
    ],
    ...framesAsked(options),
    ...FILE_FLOW,
  };
}

/** Without the prefix ffmpeg takes a name that begins with a dash or holds a colon for something else. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}
