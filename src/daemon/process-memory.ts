// Reads how much memory a process uses from /proc.
import { readFileSync } from 'node:fs';

/** Resident set in megabytes, null when the process is gone. */
export function residentMegabytes(pid: number): number | null {
  return kilobytesOf(`/proc/${pid}/status`, 'VmRSS');
}

/** Proportional set size in megabytes (shared pages divided among their users), null when it cannot be read. */
export function proportionalMegabytes(pid: number): number | null {
  return kilobytesOf(`/proc/${pid}/smaps_rollup`, 'Pss');
}

function kilobytesOf(path: string, field: string): number | null {
  try {
    const line = readFileSync(path, 'utf8').match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'));
    return line?.[1] === undefined ? null : Number(line[1]) / 1024;
  } catch {
    return null; // the process is gone, or belongs to somebody else
  }
}
