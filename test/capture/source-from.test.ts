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

test('an RTSP camera', () => {
  const source = sourceFrom({ ...OPTIONS, input: 'rtsp://me:secret@192.0.2.7/live?key=1', fps: 12.5 });
  expect(source.args.join(' ')).toBe(
    `${QUIET} -rtsp_transport tcp -timeout 5000000 -i rtsp://me:secret@192.0.2.7/live?key=1 -map 0:V:0 -vf fps=12.5,${FIT} ${I420}`,
  );
  expect(source).toMatchObject({
    kind: 'stream',
    label: 'stream rtsp://192.0.2.7/live',
    periodMs: 80,
    clock: 'monotonic',
    live: true,
    healthRules: true,
    stopSignal: 'SIGINT',
    endsByItself: false,
  });
});

test('video over HTTP', () => {
  const { args } = sourceFrom({ ...OPTIONS, input: 'https://camera/live.ts' });
  expect(args.join(' ')).toContain(' -rw_timeout 5000000 -i https://camera/live.ts ');
});

test('a V4L2 camera', () => {
  const source = sourceFrom({ ...OPTIONS, camera: '/dev/v4l/by-id/usb-cam-index0' });
  expect([source.program, ...source.args].join(' ')).toBe(
    `ffmpeg ${QUIET} -f v4l2 -input_format mjpeg -video_size 640x480 -framerate 10 -i /dev/v4l/by-id/usb-cam-index0 -vf fps=10,${FIT} ${I420}`,
  );
  expect(source).toMatchObject({ kind: 'v4l2', label: 'camera /dev/v4l/by-id/usb-cam-index0', live: true });
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

test('both input and camera are refused', () => {
  const both = { ...OPTIONS, input: 'a.mp4', camera: '/dev/video0' };
  expect(() => sourceFrom(both)).toThrow(/Name one of the two/);
});

test('the demo without its photographs says how to get them', () => {
  const folder = tempFolder();
  expect(() => demoSource(OPTIONS, folder)).toThrow(CaptureError);
  expect(() => demoSource(OPTIONS, folder)).toThrow(`${folder}/sample1.jpg: it comes with the development packages`);
});
