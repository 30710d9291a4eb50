// Makes of pulled files what OpenCV loads: the graph of the SSD without the fault of the published one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from './file-check.ts';
import { ModelError } from './model-error.ts';
import type { NetSpec } from './net-schema.ts';
import { placeContent } from './place.ts';
import { reasonOf } from './reason.ts';
import { withoutSsdPadding } from './ssd-padding.ts';

/** Only a TensorFlow net whose definition is not among the files pulled needs it; throws a ModelError where it fails. */
export function preparePulled({ files, source }: NetSpec, folder: string): void {
  if (files.format !== 'tensorflow' || source.format !== 'download') return;
  const { definition } = files;
  if (source.files.some(({ name }) => name === definition.name)) return;
  const path = join(folder, definition.name);
  if (fileProblem(path, definition) === null) return;
  const published = source.files.find(({ name }) => name.endsWith('.pbtxt'));
  if (published === undefined) throw new ModelError(path, 'has no published graph to be made of', { remedy: RESTORE });
  const problem = placeContent(path, mendedGraph(join(folder, published.name)), definition);
  if (problem !== null) throw new ModelError(path, `as mended ${problem}`, { remedy: RESTORE });
}

const RESTORE = 'restore models/manifest.json of this version, then pull again';

function mendedGraph(path: string): string {
  try {
    return withoutSsdPadding(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ModelError(path, `cannot be mended (${reasonOf(cause)})`, {
      remedy: 'remove it, then pull again',
      cause,
    });
  }
}
