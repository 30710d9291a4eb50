// Each kind of source is a known command line.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureError } from '../../src/capture/capture-error.ts';
import { demoSource } from '../../src/capture/demo.ts';
import { sourceFrom } from '../../src/capture/source-from.ts';
import { makePicture, tempFolder } from './make-media.ts';
import { OPTIONS } from './options.ts';

const FIT =
  "scale=w='min(640,trunc(480*dar/2+0.5)*2)':h='min(480,trunc(640/dar/2+0.5)*2)':out_range=tv,pad=640:480:-1:-1";
const QUIET = '-nostdin -hide_banner -loglevel error';
const I420 = '-f rawvideo -pix_fmt yuv420p pipe:1';

test('a film in real time', () => {
  const source = sourceFrom({ ...OPTIONS, input: 'films/a b.mp4', pace: 'realtime' });
  expect([source.program, ...source.args].join(' ')).toBe(
    `ffmpeg ${QUIET} -re -i file:films/a b.mp4 -map 0:V:0 -vf fps=10,${FIT} ${I420}`,
  );
  expect(source).toMatchObject({
    kind: 'file',
    label: 'film a b.mp4',
    frame: { width: 640, height: 480, strideBytes: 640 },
    periodMs: 100,
    clock: 'media',
    live: false,
    healthRules: false,
    endsByItself: true,
  });
});

test('a film as fast as it is taken', () => {
  expect(sourceFrom({ ...OPTIONS, input: 'a.mp4', pace: 'max' }).args).not.toContain('-re');
});

test('a network camera', () => {
  expect(sourceFrom({ ...OPTIONS, input: 'rtsp://192.0.2.7/live' }).kind).toBe('stream');
  expect(sourceFrom({ ...OPTIONS, input: 'https://camera/live.ts' }).kind).toBe('stream');
});

test.each([
  ['/dev/video0', 'v4l2'],
  ['rpicam', 'rpicam'],
  ['raspistill:1', 'raspistill'],
  ['jetson:0', 'jetson'],
])('camera %s', (camera, kind) => {
  expect(sourceFrom({ ...OPTIONS, camera }, () => true)).toMatchObject({ kind, label: `camera ${camera}` });
});

test('a command', () => {
  expect(sourceFrom({ ...OPTIONS, command: ['cam'] }, () => true)).toMatchObject({ kind: 'command', program: 'cam' });
});

test('what is not installed is looked for on the PATH', () => {
  expect(() => sourceFrom({ ...OPTIONS, command: ['no-such-camera-program'] })).toThrow(/no program on the PATH/);
});

test('a folder of pictures, by name, each with its own ffmpeg', () => {
  const folder = tempFolder();
  const second = makePicture(join(folder, 'b.png'), '32x32', 'white');
  const first = makePicture(join(folder, 'a.JPG'), '32x32', 'white');
  const source = sourceFrom({ ...OPTIONS, input: folder, pace: 'realtime', pictureMs: 2000 });
  const [flag, script, name, ...pictures] = source.args;
  expect([source.program, flag, name]).toEqual(['sh', '-c', 'onlooker-pictures']);
  expect(pictures).toEqual([first, second]);
  expect(script).toBe(
    `for picture do setpriv --pdeathsig KILL ffmpeg ${QUIET} -threads 1 -filter_threads 1 -f image2 -pattern_type none ` +
      `-framerate 10 -i "file:$picture" -vf '${FIT.replaceAll("'", "'\\''")},loop=loop=-1:size=1,realtime' -frames:v 20 ${I420} || { echo "cannot show $picture" >&2; exit 1; }; done`,
  );
  expect(source).toMatchObject({ kind: 'images', clock: 'media', live: false, endsByItself: true });
});

test('neither input nor camera is the demo: endless, live, and never frozen or dark', () => {
  const source = sourceFrom(OPTIONS);
  expect(source).toMatchObject({
    kind: 'demo',
    label: 'demo scene',
    program: 'ffmpeg',
    clock: 'monotonic',
    live: true,
  });
  expect(source).toMatchObject({ healthRules: false, endsByItself: false });
  expect(source.args).toContain('1/12');
});

test.each([
  [{ input: 'a.mp4', camera: '/dev/video0' }, 'Both an input and a camera are given. Name one of the two.'],
  [{ input: 'a.mp4', command: ['cam'] }, 'Both an input and a command are given. Name one of the two.'],
  [{ camera: 'rpicam', command: ['cam'] }, 'Both a camera and a command are given. Name one of the two.'],
])('%j is refused', (two, message) => {
  expect(() => sourceFrom({ ...OPTIONS, ...two })).toThrow(message);
});

test('the demo without its photographs says how to get them', () => {
  const folder = tempFolder();
  expect(() => demoSource(OPTIONS, folder)).toThrow(CaptureError);
  expect(() => demoSource(OPTIONS, folder)).toThrow(`${folder}/sample1.jpg: packages of Debian bring none`);
});
