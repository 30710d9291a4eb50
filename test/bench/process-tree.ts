// Reads how much memory each process of a tree uses, shared pages divided among their users.
import { readFileSync } from 'node:fs';
import { proportionalMegabytes } from '../../src/daemon/process-memory.ts';

export type ProcessMemory = Readonly<{ name: string; megabytes: number }>;

/** The process and all its descendants; one that ends meanwhile is left out. */
export function memoryOfTree(pid: number): readonly ProcessMemory[] {
  return processesOf(pid).flatMap(({ pid: one, name }) => {
    const megabytes = proportionalMegabytes(one);
    return megabytes === null ? [] : [{ name, megabytes }];
  });
}

function processesOf(pid: number): readonly Readonly<{ pid: number; name: string }>[] {
  try {
    const name = nameOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [{ pid, name }, ...children.flatMap((child) => processesOf(Number(child)))];
  } catch {
    return []; // it has ended
  }
}

function nameOf(commandLine: readonly string[]): string {
  if (commandLine.some((word) => word.endsWith('sensor/main.js'))) return 'sensor';
  if (commandLine.includes('run')) return 'daemon';
  return `capture (${commandLine[0]})`;
}
