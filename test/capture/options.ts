// The options that most tests of sources begin with.
import { type CaptureOptions, NO_WISHES } from '../../src/capture/source.ts';

export const OPTIONS: CaptureOptions = { ...NO_WISHES, width: 640, height: 480, fps: 10, pace: 'max' };
