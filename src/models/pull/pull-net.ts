// Brings the files of one net to their folder: from its mirrors or from a folder, with the definition that belongs to it.
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem } from '../file-check.ts';
import { ModelError } from '../model-error.ts';
import type { NetFile, NetSpec } from '../net-schema.ts';
import { cannotWrite, partialOf, place } from '../place.ts';
import { filesOf, remedyFor } from '../verify.ts';
import { fetchFile } from './fetch-file.ts';
import { netPresence } from './presence.ts';
import type { Web } from './web.ts';

export type PullStep = Readonly<
  | { step: 'begun'; file: NetFile; from: string }
  | { step: 'received'; file: NetFile; bytes: number }
  | { step: 'trouble'; file: NetFile; from: string; problem: string }
  | { step: 'placed'; file: NetFile }
>;
/** Makes of the files pulled what OpenCV loads, where that is more than a copy. */
export type Prepare = (net: NetSpec, folder: string) => void | Promise<void>;
export type PullOptions = Readonly<{
  into: string;
  /** A folder that holds the files, or null for their mirrors. */
  from: string | null;
  definitionsFolder: string;
  prepare: Prepare;
  web: Web;
  onStep: (step: PullStep) => void;
}>;

/** Throws a ModelError where a file cannot be had or written; what is there and whole is not touched. */
export async function pullNet(net: NetSpec, options: PullOptions): Promise<void> {
  const { into, definitionsFolder, prepare } = options;
  await mkdir(into, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(into, cause);
  });
  for (const file of wantedFiles(net, options.from)) {
    if (fileProblem(join(into, file.name), file) !== null) await bring(file, options);
  }
  for (const file of filesOf(net)) {
    const isThere = existsSync(join(definitionsFolder, file.name));
    if (isThere && fileProblem(join(into, file.name), file) !== null) await copy(file, definitionsFolder, into);
  }
  if (net.source.format === 'download') await prepare(net, into);
  const unfit = netPresence(net, into).files.find(({ problem }) => problem !== null);
  if (unfit?.problem) {
    const remedy = net.source.format === 'download' ? RESTORE : remedyFor(net, into);
    throw new ModelError(unfit.path, unfit.problem, { remedy });
  }
}

/** Whether there is anything to bring: what set-up prepares is not published as a file. */
export function canPull(net: NetSpec, from: string | null): boolean {
  return wantedFiles(net, from).length > 0;
}

const RESTORE = 'restore the folder models of this version, then pull again';

type WantedFile = NetFile & Readonly<{ urls: readonly string[] }>;

/** What is prepared at set-up cannot be fetched, but it can be taken over from another machine. */
function wantedFiles(net: NetSpec, from: string | null): readonly WantedFile[] {
  if (net.source.format === 'download') return net.source.files;
  return from === null || net.source.format === 'own' ? [] : filesOf(net).map((file) => ({ ...file, urls: [] }));
}

async function bring(file: WantedFile, { into, from, web, onStep }: PullOptions): Promise<void> {
  if (from !== null) {
    if (!existsSync(join(from, file.name)))
      throw new ModelError(join(from, file.name), 'is missing', { remedy: 'copy it there, or name another folder' });
    onStep({ step: 'begun', file, from });
    await copy(file, from, into);
  } else {
    onStep({ step: 'begun', file, from: file.urls[0] ?? into });
    await fetchFile(file, join(into, file.name), {
      web,
      onReceived: (bytes) => onStep({ step: 'received', file, bytes }),
      onTrouble: (url, problem) => onStep({ step: 'trouble', file, from: url, problem }),
    });
  }
  onStep({ step: 'placed', file });
}

async function copy(file: NetFile, from: string, into: string): Promise<void> {
  const original = join(from, file.name);
  const path = join(into, file.name);
  const unfit = (problem: string) =>
    new ModelError(original, problem, { remedy: 'copy it there again from where it is whole' });
  await copyFile(original, partialOf(path)).catch((cause: unknown) => {
    const refusal = cannotWrite(path, cause);
    // Which of the two it was, the error does not say.
    const unread = fileProblem(original, file);
    throw unread === null ? refusal : unfit(unread);
  });
  const problem = place(path, file);
  if (problem !== null) throw unfit(problem);
}
