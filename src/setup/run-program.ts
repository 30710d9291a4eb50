// Runs the programs of the system that set-up asks.
import { execFile } from 'node:child_process';

export type Ran = Readonly<{ code: number; said: string }>;
export type Run = (program: string, args: readonly string[]) => Promise<Ran>;

/** Longer than systemd waits for the start (TimeoutStartSec of the unit), so that its reason is heard. */
const PATIENCE_MS = 150_000;

/** Runs a program to its end; one that is not installed ends with 127, as in a shell, one that takes too long with 124, as by timeout(1). */
export const runHere = (program: string, args: readonly string[], patienceMs = PATIENCE_MS): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: patienceMs }, (error, stdout, stderr) => {
      const said = stdout + stderr;
      if (error?.killed)
        return resolve({ code: 124, said: `${said}${program} did not end within ${patienceMs / 1000} s\n` });
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 127, said });
    });
  });
