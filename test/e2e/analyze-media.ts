// Small pictures and films of the demo photographs, made for the tests of onlooker analyze.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cv } from '../../src/sensor/load-opencv.ts';

/** Four women, upright. */
const PHOTOGRAPH = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo/sample4.jpg', import.meta.url));
export const FACES = 4;

/** The photograph, 600 pixels wide, after `filter`; the name says the format. */
export function picture(folder: string, name: string, filter = 'null', args: readonly string[] = []): string {
  const path = join(folder, name);
  ffmpeg(['-i', PHOTOGRAPH, '-vf', `scale=600:-2,${filter}`, ...args, '-frames:v', '1', '-update', '1', path]);
  return path;
}

/** The photograph as a JPEG of one component, which ffmpeg cannot write. */
export function grayPicture(folder: string, name: string): string {
  const path = join(folder, name);
  const image = cv.imread(picture(folder, `${name}.png`), cv.IMREAD_GRAYSCALE);
  writeFileSync(path, cv.imencode('.jpg', image));
  image.release();
  return path;
}

/** The photograph held still for two seconds. */
export function film(folder: string, name: string, filter = 'null'): string {
  const path = join(folder, name);
  const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];
  ffmpeg([
    '-loop',
    '1',
    '-framerate',
    '10',
    '-t',
    '2',
    '-i',
    PHOTOGRAPH,
    '-vf',
    `scale=600:-2,${filter}`,
    ...encoding,
    path,
  ]);
  return path;
}

function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Width, height, frames per second and number of frames, as ffprobe counts them. */
export function filmFacts(path: string): Readonly<{ width: number; height: number; rate: string; frames: number }> {
  const entries = 'stream=width,height,avg_frame_rate,nb_read_frames';
  const args = [
    '-v',
    'error',
    '-count_frames',
    '-select_streams',
    'v',
    '-show_entries',
    entries,
    '-of',
    'csv=p=0',
    path,
  ];
  const [width, height, rate = '', frames] = execFileSync('ffprobe', args, { encoding: 'utf8' }).trim().split(',');
  return { width: Number(width), height: Number(height), rate, frames: Number(frames) };
}
