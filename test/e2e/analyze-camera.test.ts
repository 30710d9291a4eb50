// onlooker analyze --camera: a camera before a photograph is watched for a while, or until Ctrl-C, and its film is marked.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { addReworded, fakeCamera, pathWith, realProgram } from '../support/fake-programs.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { FACES, film, filmFacts } from './analyze-media.ts';

// Each run loads its nets anew.
vi.setConfig({ testTimeout: 180_000 });

/** A character device, which is all that is asked of a camera before ffmpeg opens it. */
const DEVICE = '/dev/null';
const FPS = 10;

type Line = Readonly<{ file: string; faces?: readonly unknown[]; viewer?: number }>;

it('for a while: every viewer has a number that stays, and the marked film has the size and rate of the camera', async () => {
  const folder = tempFolder();
  const out = join(folder, 'marked.mp4');
  const args = ['analyze', '--camera', DEVICE, '--for', '12s', '--json', '--out', out];
  const { code, stdout, stderr } = await runProgram(args, { PATH: cameraOf(folder) });
  expect({ code, said: stderr.split('\n')[0] }).toEqual({ code: 0, said: `${DEVICE} → ${out}` });
  const lines = linesOf(stdout);
  const frames = lines.flatMap(({ faces }) => (faces === undefined ? [] : [faces.length]));
  expect(frames.length).toBeGreaterThan(2 * FPS);
  // Nobody is a viewer in his first frames.
  expect(new Set(frames.slice(FPS))).toEqual(new Set([FACES]));
  expect(lines.flatMap(({ viewer }) => viewer ?? [])).toEqual([1, 2, 3, 4]);
  const { frames: filmed, ...facts } = filmFacts(out);
  expect(facts).toEqual({ width: 640, height: 480, rate: `${FPS}/1` });
  // It keeps the time of the camera, so a frame that comes late lets the one before stand longer.
  expect(filmed).toBeGreaterThanOrEqual(frames.length);
});

it('until Ctrl-C: what was seen is said, and nothing is written without --out', async () => {
  const folder = tempFolder();
  const run = startProgram(['analyze', '--camera', DEVICE, '--json'], { PATH: cameraOf(folder) });
  await eventually(run.stdout, (said) => said.split('\n').length > FPS, 60_000);
  run.kill('SIGINT');
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  expect(linesOf(stdout).flatMap(({ viewer }) => viewer ?? [])).toEqual([1, 2, 3, 4]);
  expect(existsSync(join(folder, 'null.analyzed.mp4'))).toBe(false);
});

it('a camera that is in use says so', async () => {
  const { path } = fakeCamera('ffmpeg', { failure: 'busy' });
  const { code, stdout, stderr } = await runProgram(['analyze', '--camera', DEVICE, '--json'], { PATH: path });
  expect({ code, stdout }).toEqual({ code: 66, stdout: '' });
  expect(stderr).toContain('/dev/null: Device or resource busy');
});

/** A PATH on which ffmpeg takes a film, over and over, for what a V4L2 camera sees; all else it does as ever. */
function cameraOf(folder: string): string {
  // A picture without the noise of a sensor would be that of a frozen camera.
  const seen = film(folder, 'seen.mp4', 'noise=alls=8:allf=t');
  const cases = [
    '-video_size | -framerate) shift; words=$((words - 1));;',
    'v4l2) set -- "$@" mp4 -re -stream_loop -1;;',
    `${DEVICE}) set -- "$@" '${seen}';;`,
  ];
  addReworded(folder, 'ffmpeg', cases, ALL_ELSE);
  return pathWith(folder);
}

const ALL_ELSE = `case " $* " in *' -list_formats '*) exit 1;; *' v4l2 '*) ;; *) exec '${realProgram('ffmpeg')}' "$@";; esac`;

function linesOf(stdout: string): readonly Line[] {
  return stdout
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
}
