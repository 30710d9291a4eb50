// Makes the model files that come in npm packages, each either whole or not at all.
import { join } from 'node:path';
import { fileProblem } from '../file-check.ts';
import type { Manifest } from '../manifest.ts';
import { ModelError } from '../model-error.ts';
import { placeContent } from '../place.ts';
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
      const path = join(into, file.name);
      const problem = placeContent(path, content, file);
      if (problem !== null) throw new ModelError(path, `as converted ${problem}`, { remedy: REPORT });
    }
    onProgress({ net: net.name, step: 'prepared' });
  }
}
