// Loads OpenCV, quiet and with the threads it may use; only what calls it imports this file.
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';

/** With two threads on two cores a forward pass takes twice the processor time and is no faster. */
const SPARED_CORES = 1;
const MAX_THREADS = 3;

export const cv = load();

function load(): typeof import('@u4/opencv4nodejs') {
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] = '1';
  process.env['OPENCV_LOG_LEVEL'] ??= 'ERROR';
  // With it, freeing a picture in the garbage collector aborts Node before version 24.
  process.env['OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING'] = '1';
  const require = createRequire(import.meta.url);
  const path = require.resolve('@u4/opencv4nodejs');
  // It would print colored lines on standard output.
  createRequire(path)('@u4/opencv-build').Log.silence = true;
  const loaded: typeof import('@u4/opencv4nodejs') = require(path);
  loaded.setNumThreads(Math.max(1, Math.min(MAX_THREADS, availableParallelism() - SPARED_CORES)));
  return loaded;
}
