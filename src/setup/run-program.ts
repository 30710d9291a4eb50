// Runs the programs of the system that set-up asks.
import { execFile } from 'node:child_process';

export type Ran = Readonly<{ code: number; said: string }>;
export type Run = (program: string, args: readonly string[]) => Promise<Ran>;

/** Longer than systemd waits for the start (TimeoutStartSec of the unit), so that its reason is heard. */
const PATIENCE_MS = 150_000;

/** Runs a program to its end; one that is not installed ends with 127, as in a shell. */
export const runHere: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, said: stdout + stderr });
    });
  });
