// The program that takes one photograph after the other and writes each as a frame to its standard output, and nothing to a disk.

import { setTimeout as pause } from 'node:timers/promises';
import { Raspistill } from 'node-raspistill';
import { messageOf } from '../../observation/message-of.ts';
import { StillExecutor } from './executor.ts';
import { i420Of } from './i420.ts';
import { type PhotographOptions, readPhotographOptions } from './photograph-options.ts';

type CameraOptions = NonNullable<ConstructorParameters<typeof Raspistill>[0]>;

/** How long the camera looks before it takes the photograph: exposure and colors settle within about a second. */
const SETTLE_MS = 1000;
const JPEG_QUALITY = 90;

try {
  await takePhotographs(readPhotographOptions(process.argv[2]));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function takePhotographs(options: PhotographOptions): Promise<void> {
  const { width, height, periodMs } = options;
  const executor = new StillExecutor(options.program, options.index);
  const { stopped } = executor;
  const camera = new Raspistill(cameraOptions(options), undefined, executor);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => camera.stop());
  // Nobody reads on.
  process.stdout.on('error', () => process.exit());
  try {
    for (;;) {
      const startedAt = performance.now();
      const frame = await i420Of(await camera.takePhoto(), { width, height }, stopped);
      await new Promise((resolve) => process.stdout.write(frame, resolve));
      await pause(Math.max(0, periodMs - (performance.now() - startedAt)), undefined, { signal: stopped });
    }
  } catch (error) {
    if (!stopped.aborted) throw error;
  }
}

function cameraOptions({ width, height, flickerHz, backlight }: PhotographOptions): CameraOptions {
  return {
    // Otherwise every photograph would be a file.
    noFileSave: true,
    noPreview: true,
    encoding: 'jpg',
    width,
    height,
    time: SETTLE_MS,
    quality: JPEG_QUALITY,
    ...(flickerHz === null ? {} : { flicker: `${flickerHz}hz` }),
    ...(backlight ? { exposure: 'backlight' } : {}),
  };
}
