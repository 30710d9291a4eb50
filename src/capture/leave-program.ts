// How a program that may hold a camera is left: by its own signal first, since some cameras are lost otherwise, and by force in the end.
import type { ChildProcess } from 'node:child_process';
import { endGroup } from './process-group.ts';

/** Runs the task once; returns how to prevent it. */
type After = (delayMs: number, task: () => void) => () => void;

const KILL_PATIENCE_MS = 500;

/** Resolves when it has ended, or soon after it was killed with the group that it leads. */
export function leaveProgram(
  child: ChildProcess,
  signal: NodeJS.Signals,
  patienceMs: number,
  after: After,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    let cancel = after(patienceMs, () => {
      endGroup(child.pid);
      // A process that waits in the kernel for its device does not end even then; nobody is to wait for it.
      cancel = after(KILL_PATIENCE_MS, resolve);
    });
    child.once('exit', () => {
      cancel();
      resolve();
    });
    // A second one makes ffmpeg end at once, without a word to its camera.
    if (!child.killed) child.kill(signal);
  });
}
