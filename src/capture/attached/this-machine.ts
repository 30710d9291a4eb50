// The machine that is searched for cameras: its folders, and the programs on its PATH, which are asked with patience.
import { execFile } from 'node:child_process';
import { dyingWithUs, ownEnvironment } from '../child-program.ts';
import { installedOn } from '../installed.ts';
import type { Machine } from './attached-camera.ts';

/** Programs that look at a camera which hangs would wait for ever. */
const PATIENCE_MS = 10_000;

export function machineWith(path: string | undefined, sysFolder = '/sys', devFolder = '/dev'): Machine {
  const env = { ...ownEnvironment(), PATH: path };
  return {
    sysFolder,
    devFolder,
    isInstalled: installedOn(path),
    ask: (program, args) =>
      new Promise((resolve) => {
        // Programs that only list end with a failure as often as not.
        execFile(...dyingWithUs(program, args), { timeout: PATIENCE_MS, env }, (_, stdout, stderr) =>
          resolve(stdout + stderr),
        );
      }),
  };
}
