// A folder of pictures as a source: each is shown for a while, in the order of their names.
import { readdirSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { CaptureError } from './capture-error.ts';
import { dyingWithUs } from './child-program.ts';
import { FFMPEG, fitFilter, I420_ARGS, QUIET_ARGS } from './ffmpeg.ts';
import { FILE_FLOW, framesAsked } from './frame-flow.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

const PICTURE_EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff'];

/** How ffmpeg is told that a file is one picture, whatever characters are in its name. */
export const PICTURE_INPUT_ARGS: readonly string[] = ['-f', 'image2', '-pattern_type', 'none'];

export function picturesSource(folder: string, options: CaptureOptions): CaptureSource {
  return {
    kind: 'images',
    label: `pictures of ${basename(resolve(folder))}`,
    program: 'sh',
    args: ['-c', showEach(options), 'onlooker-pictures', ...picturesIn(folder)],
    ...framesAsked(options),
    ...FILE_FLOW,
  };
}

/** Absolute paths of the pictures; throws when there is none. */
export function picturesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && PICTURE_EXTENSIONS.includes(extname(entry.name).toLowerCase()))
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) {
    throw new CaptureError(
      `No picture is in ${folder}: none of its files ends in ${PICTURE_EXTENSIONS.join(' ')}. ` +
        'Put pictures there or name another folder.',
    );
  }
  return names.map((name) => join(resolve(folder), name));
}

/**
 * One ffmpeg per picture, since a single one takes all files of a folder for the format, size and turn of the first. The kernel
 * kills it when the shell dies, so that none is left behind.
 */
function showEach({ width, height, fps, pace, pictureMs }: CaptureOptions): string {
  const frames = Math.max(1, Math.round((pictureMs * fps) / 1000));
  const filters = [fitFilter({ width, height }), 'loop=loop=-1:size=1', ...(pace === 'realtime' ? ['realtime'] : [])];
  const before = [...QUIET_ARGS, '-threads', '1', '-filter_threads', '1', ...PICTURE_INPUT_ARGS];
  const after = ['-vf', filters.join(), '-frames:v', String(frames), ...I420_ARGS];
  const command = dyingWithUs(FFMPEG, [...before, '-framerate', String(fps), '-i']).flat();
  const show = `${command.map(quoted).join(' ')} "file:$picture" ${after.map(quoted).join(' ')}`;
  return `for picture do ${show} || { echo "cannot show $picture" >&2; exit 1; }; done`;
}

function quoted(word: string): string {
  return /^[\w:=.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
