// The group of processes that a program leads: what it started, as a shell does, would otherwise keep the camera.
import { readdirSync, readFileSync } from 'node:fs';

export function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** Whether one of it is left, be it in the kernel; what has ended and is never collected, as in some containers, is not. */
export function isGroupLeft(leader: number | undefined): boolean {
  return (
    leader !== undefined && readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLivingMember(name, leader))
  );
}

function isLivingMember(pid: string, leader: number): boolean {
  try {
    // proc_pid_stat(5): the name in parentheses may hold anything; after it come state, parent and group.
    const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(group) === leader && state !== 'Z' && state !== 'X';
  } catch {
    return false; // it has ended meanwhile
  }
}
