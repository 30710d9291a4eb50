// Says of each net whether its files are there, and whole.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileProblem } from '../file-check.ts';
import type { NetFile, NetSpec } from '../net-schema.ts';
import { filesOf } from '../verify.ts';

export type Presence = 'ready' | 'missing' | 'damaged';
type FilePresence = Readonly<{ file: NetFile; path: string; presence: Presence; problem: string | null }>;
export type NetPresence = Readonly<{ net: NetSpec; presence: Presence; files: readonly FilePresence[] }>;

/** Reads the files whole. A net is as its worst file is. */
export function netPresence(net: NetSpec, folder: string): NetPresence {
  const files = filesOf(net).map((file): FilePresence => {
    const path = resolve(folder, file.name);
    const problem = fileProblem(path, file);
    return { file, path, presence: problem === null ? 'ready' : existsSync(path) ? 'damaged' : 'missing', problem };
  });
  return { net, presence: worst(files.map(({ presence }) => presence)), files };
}

export function worst(presences: readonly Presence[]): Presence {
  const isOneOf = (presence: Presence) => presences.includes(presence);
  return isOneOf('damaged') ? 'damaged' : isOneOf('missing') ? 'missing' : 'ready';
}
