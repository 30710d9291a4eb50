// Checks the folder that the results are kept in: whether this user may write there, and how much room is left.

import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../observation/message-of.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export type FolderFacts = Readonly<{
  folder: string;
  /** Why it cannot be written, or made where it is not there yet; null when it can. */
  refusal: string | null;
  freeMegabytes: number;
}>;

const MEGABYTE = 1_000_000;
/** Some seven weeks of minutes, and what waits for a broker that is away; docs/operations.md reckons what the whole history takes. */
const ENOUGH_MEGABYTES = 200;
const TOO_FEW_MEGABYTES = 20;

export function folderFacts(folder: string): FolderFacts {
  const there = nearest(resolve(folder));
  const { bavail, bsize } = statfsSync(there);
  return { folder, refusal: refusalOf(there), freeMegabytes: (bavail * bsize) / MEGABYTE };
}

export function judgeDisk({ folder, freeMegabytes }: FolderFacts): Finding {
  const detail = `${Math.floor(freeMegabytes)} MB free where ${folder} lies`;
  const remedy = `make room (a whole history takes 330 MB and more), or choose another disk with store.folder`;
  if (freeMegabytes < TOO_FEW_MEGABYTES) return fail('disk', detail, remedy);
  return freeMegabytes < ENOUGH_MEGABYTES ? warn('disk', detail, remedy) : ok('disk', detail);
}

/** The folder itself, or the one above in which it would be made. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function refusalOf(folder: string): string | null {
  if (!statSync(folder).isDirectory()) return `${folder} is no folder`;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
