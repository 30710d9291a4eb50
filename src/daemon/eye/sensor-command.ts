// How node is started for the sensor: what it may touch, and how it keeps its memory flat.
import { fileURLToPath } from 'node:url';

export const SENSOR_PROGRAM = fileURLToPath(new URL('../../../dist/sensor/main.js', import.meta.url));

/** In megabytes: V8 would let it grow for hours. */
const YOUNG_GENERATION = '--max-semi-space-size=1';

/** JavaScript in the sensor may read and load addons: it can neither write a file nor start a program. */
export const SENSOR_FLAGS = [
  YOUNG_GENERATION,
  Number(process.versions.node.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission',
  '--allow-fs-read=*',
  '--allow-addons',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
];

/**
 * The environment of the sensor. Every frame allocates and frees the same few megabytes. With one arena and fixed thresholds glibc
 * keeps them for the next frame instead of scattering them over arenas and giving them back to the system (mallopt(3)).
 */
export function sensorEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...own,
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
    MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
  };
}
