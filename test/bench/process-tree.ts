// Reads how much memory each process of a tree uses, shared pages divided among their users.
import { readFileSync } from 'node:fs';

export type ProcessMemory = Readonly<{
  name: string;
  /** Proportional set size. */
  megabytes: number;
  /** Of that, what is no file: how the pages of programs are divided depends on what else runs. */
  anonymousMegabytes: number;
}>;

/** The process and all its descendants; one that ends meanwhile is left out. */
export function memoryOfTree(pid: number): readonly ProcessMemory[] {
  try {
    const name = nameOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
    const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [
      { name, megabytes: megabytesIn(memory, 'Pss'), anonymousMegabytes: megabytesIn(memory, 'Pss_Anon') },
      ...children.flatMap((child) => memoryOfTree(Number(child))),
    ];
  } catch {
    return []; // it has ended
  }
}

function nameOf(commandLine: readonly string[]): string {
  if (commandLine.some((word) => word.endsWith('sensor/main.js'))) return 'sensor';
  if (commandLine.includes('run')) return 'daemon';
  return `capture (${commandLine[0]})`;
}

function megabytesIn(memory: string, field: string): number {
  const kilobytes = memory.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1];
  return Number(kilobytes) / 1024;
}
