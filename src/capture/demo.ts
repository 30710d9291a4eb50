// The demo scene: six photographs shown one after the other by a camera that moves slowly, without end.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CaptureError } from './capture-error.ts';
import { FFMPEG, I420_ARGS, QUIET_ARGS } from './ffmpeg.ts';
import type { CaptureOptions, CaptureSource } from './source.ts';

const PHOTOGRAPHS = fileURLToPath(new URL('../../node_modules/@vladmandic/face-api/demo', import.meta.url));
const NAMES = [1, 2, 3, 4, 5, 6].map((number) => `sample${number}.jpg`);

/** Each photograph has four steps: one blurred, in which nobody is there, and three in which its people are. */
const STEP_SECONDS = 3;
const PHOTOGRAPH_SECONDS = 4 * STEP_SECONDS;
/** The photographs are cut to this size; a frame shows two thirds to all of it, so that faces are 45 to 90 pixels wide. */
const CANVAS = { width: 960, height: 720 };

export function demoSource(options: CaptureOptions, folder: string = PHOTOGRAPHS): CaptureSource {
  const missing = NAMES.find((name) => !existsSync(join(folder, name)));
  if (missing !== undefined) {
    throw new CaptureError(
      `The demo has no photograph ${join(folder, missing)}: packages of Debian bring none, npm ci in a checkout does. ` +
        'Name a camera: sudo onlooker setup for the service, else --camera or --input.',
    );
  }
  const { width, height, fps } = options;
  return {
    kind: 'demo',
    label: 'demo scene',
    program: FFMPEG,
    args: [
      ...QUIET_ARGS,
      // One thread does it all in 2 % of a core; more of them only cost memory.
      ...['-threads', '1', '-filter_threads', '1'],
      // Half size is decoded in a quarter of the memory, and the first picture tells enough of them all.
      ...['-lowres', '1', '-probesize', '32'],
      // The photographs differ in size, and starting the filters again at each would lose the place in the scene.
      ...['-reinit_filter', '0'],
      ...['-loop', '1', '-framerate', `1/${PHOTOGRAPH_SECONDS}`],
      ...['-i', join(folder.replaceAll('%', '%%'), 'sample%d.jpg')],
      ...['-vf', scene(width, height, fps)],
      ...I420_ARGS,
    ],
    env: {},
    secret: null,
    device: null,
    frame: { width, height, strideBytes: width },
    periodMs: 1000 / fps,
    clock: 'monotonic',
    live: true,
    healthRules: false,
    stopSignal: 'SIGKILL',
    deathSignal: 'KILL',
    endsByItself: false,
  };
}

function scene(width: number, height: number, fps: number): string {
  return [
    `fps=1/${STEP_SECONDS}`,
    `scale=${CANVAS.width}:${CANVAS.height}:force_original_aspect_ratio=increase:out_range=tv`,
    // Faces are in the upper half.
    `crop=${CANVAS.width}:${CANVAS.height}:(iw-ow)/2:(ih-oh)/8`,
    'format=yuv420p',
    "boxblur=100:2:enable='eq(mod(n,4),0)'",
    // Blends neighboring steps in the middle quarter (96 to 160 of 256) of the time between them: a dissolve of 0.75 s.
    `framerate=fps=${fps}:interp_start=96:interp_end=160:scene=100:flags=0`,
    camera(width, height, fps),
    'realtime',
  ].join();
}

/** Goes to the other side during one photograph and back during the next, nearest in the middle; repeats with the scene. */
function camera(width: number, height: number, fps: number): string {
  const zoom = `1.25-0.2*cos(2*PI*it/${PHOTOGRAPH_SECONDS})`;
  const x = `(iw-iw/zoom)*(0.5-0.5*cos(PI*it/${PHOTOGRAPH_SECONDS}))`;
  const y = '(ih-ih/zoom)*0.1';
  return `zoompan=z='${zoom}':x='${x}':y='${y}':d=1:s=${width}x${height}:fps=${fps}`;
}
