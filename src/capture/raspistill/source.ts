// Single photographs of a camera of a Raspberry Pi as a source: our own program takes one after the other.
import { fileURLToPath } from 'node:url';
import type { NumberedCamera } from '../camera-name.ts';
import { CaptureError } from '../capture-error.ts';
import { CAMERA_FLOW, framesAsked } from '../frame-flow.ts';
import { firstInstalled, type IsInstalled } from '../installed.ts';
import type { CaptureOptions, CaptureSource } from '../source.ts';
import { type PhotographOptions, STILL_PROGRAMS } from './photograph-options.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/capture/raspistill/main.js', import.meta.url));

/** Starting the camera, measuring the light for a second and taking the photograph need nearly as long as this. */
const SHORTEST_PERIOD_MS = 2000;

export function raspistillSource(
  name: NumberedCamera,
  options: CaptureOptions,
  isInstalled: IsInstalled,
): CaptureSource {
  const program = firstInstalled(STILL_PROGRAMS, isInstalled);
  if (program === null) {
    throw new CaptureError(
      `No program for photographs of the camera of the Pi is installed (${STILL_PROGRAMS.join(', ')}). ` +
        'Run apt-get install rpicam-apps.',
    );
  }
  const { width, height, fps, exposure } = options;
  const periodMs = Math.max(SHORTEST_PERIOD_MS, 1000 / fps);
  const photographs: PhotographOptions = { program, index: name.index, width, height, periodMs, ...exposure };
  return {
    kind: 'raspistill',
    label: `camera ${name.camera}`,
    program: process.execPath,
    args: [PROGRAM, JSON.stringify(photographs)],
    ...framesAsked(options),
    periodMs,
    ...CAMERA_FLOW,
  };
}
