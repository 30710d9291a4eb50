// Reads how much processor time a process and everything it started have used so far.
import { readFileSync } from 'node:fs';

/** Clock ticks per second, the same on every Linux (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;
/** utime, stime, cutime and cstime of proc(5), counted from the field after the name. */
const [FIRST, AFTER_LAST] = [11, 15];

/** User and system seconds of the process, of its descendants, and of those that have ended and were waited for. */
export function processorSecondsOfTree(pid: number): number {
  try {
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const ticks = fields.slice(FIRST, AFTER_LAST).reduce((sum, field) => sum + Number(field), 0);
    return children.reduce((sum, child) => sum + processorSecondsOfTree(Number(child)), ticks / TICKS_PER_SECOND);
  } catch {
    return 0; // it has ended, and counts to whoever waited for it
  }
}
