// Fetches one file from the first of its mirrors that has it, going on where an earlier attempt stopped.
import { ModelError } from '../model-error.ts';
import type { NetFile } from '../net-schema.ts';
import { partialSize, place } from '../place.ts';
import { type Receiving, receive } from './receive.ts';

export type FetchOptions = Receiving & Readonly<{ onTrouble: (url: string, problem: string) => void }>;

/** A line that breaks off now and then is used for so long as it brings something. */
const MAX_ATTEMPTS_PER_MIRROR = 20;
const REMEDY =
  'pull again later, which goes on where it stopped, or get the file elsewhere and pull it with --from FOLDER';

/** Throws a ModelError that lists what was wrong with each mirror. */
export async function fetchFile(
  file: NetFile & Readonly<{ urls: readonly string[] }>,
  path: string,
  options: FetchOptions,
): Promise<void> {
  const problems: string[] = [];
  for (const url of file.urls) {
    const problem = await fetchFrom(url, file, path, options);
    if (problem === null) return;
    problems.push(`${url} ${problem}`);
  }
  throw new ModelError(path, `cannot be fetched (${problems.join('; ')})`, { remedy: REMEDY });
}

async function fetchFrom(url: string, file: NetFile, path: string, options: FetchOptions): Promise<string | null> {
  let problem: string | null = null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS_PER_MIRROR; attempt += 1) {
    const before = partialSize(path);
    problem = before === file.bytes ? null : await receive(url, path, file, options);
    problem ??= place(path, file);
    if (problem === null) return null;
    options.onTrouble(url, problem);
    // It grew, or what was there before was no part of the file and is gone: both are worth another attempt.
    if (partialSize(path) === before) break;
  }
  return problem;
}
