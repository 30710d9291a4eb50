// The options that most tests of sources begin with.
import type { CaptureOptions } from '../../src/capture/source.ts';

export const OPTIONS: CaptureOptions = {
  input: null,
  camera: null,
  width: 640,
  height: 480,
  fps: 10,
  pace: 'max',
  pictureMs: 3000,
};
