// Looks at the processes of this machine through /proc: who has started whom, and who still lives.
import { readdirSync, readFileSync } from 'node:fs';

export type Family = Readonly<{ sensor: number; capture: number }>;

/** The pair of sensor and capture program that a daemon runs; null while one of the two is not there. */
export function familyOf(daemon: number): Family | null {
  const children = descendantsOf(daemon);
  const named = (words: RegExp) => children.find((pid) => words.test(commandOf(pid))) ?? null;
  const sensor = named(/sensor\/main\.js/);
  const capture = named(/ffmpeg/);
  return sensor === null || capture === null ? null : { sensor, capture };
}

/** Children and theirs, oldest generation first. */
export function descendantsOf(pid: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), statOf(Number(name))?.parent ?? null]),
  );
  const childrenOf = (parent: number): readonly number[] =>
    [...parents].flatMap(([child, itsParent]) => (itsParent === parent ? [child] : []));
  const children = childrenOf(pid);
  return [...children, ...children.flatMap((child) => descendantsOf(child))];
}

/** One that is dead and not buried yet does not live. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.state ?? 'X';
  return !['Z', 'X'].includes(state);
}

export function isStopped(pid: number): boolean {
  return statOf(pid)?.state === 'T';
}

/** One of its other threads than the first, which runs the JavaScript, has a processor or waits for one. */
export function isInNativeCode(pid: number): boolean {
  const threads = namesIn(`/proc/${pid}/task`).map(Number);
  return threads.some((thread) => thread !== pid && statOf(pid, thread)?.state === 'R');
}

/** What others on the machine can read of a process: its arguments and its environment. */
export function readableOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`) + textOf(`/proc/${pid}/environ`);
}

/** proc_pid_stat(5): the name in parentheses may hold anything, so the fields are counted from its end. */
function statOf(pid: number, thread = pid): Readonly<{ state: string; parent: number }> | null {
  const text = textOf(`/proc/${pid}/task/${thread}/stat`);
  const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === undefined || parent === undefined ? null : { state, parent: Number(parent) };
}

function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the process has gone
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has gone
  }
}
