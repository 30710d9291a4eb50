// Makes the files of one net out of the files of its npm package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from '../file-check.ts';
import { ModelError } from '../model-error.ts';
import type { NetFile, NetSpec } from '../net-schema.ts';
import { REPAIR } from '../repair.ts';
import type { FileContent, PackagedSource } from '../source-schema.ts';
import { faceApiToCaffe } from './face-api-to-caffe.ts';
import { tfjsToCaffe } from './tfjs-to-caffe.ts';
import { tfliteToOnnx } from './tflite-to-onnx.ts';

export type PreparedFile = Readonly<{ file: NetFile; content: Uint8Array }>;

/** Throws a ModelError when the package is not there as published, or the files are of another kind than it can give. */
export function filesFromPackage(
  { name, files }: NetSpec,
  source: PackagedSource,
  packagesFolder: string,
): readonly PreparedFile[] {
  const made = make(name, source, (file) => readPublished(packagesFolder, source, file));
  const weights = { file: files.weights, content: made.weights };
  if ('definition' in files && made.definition !== null)
    return [{ file: files.definition, content: made.definition }, weights];
  if (!('definition' in files) && made.definition === null) return [weights];
  throw new ModelError(name, `cannot be made into ${files.format} from ${source.format}`, { remedy: REPORT });
}

export const REPORT = 'the manifest and the converter disagree, which is a bug: report it with the version of Node';

type SourceFile = FileContent & { readonly path: string };

function make(
  name: string,
  source: PackagedSource,
  read: (file: SourceFile) => Uint8Array,
): { weights: Uint8Array; definition: Uint8Array | null } {
  switch (source.format) {
    case 'tflite':
      return { weights: tfliteToOnnx(name, read(source.model), source.outputs), definition: null };
    case 'tfjs':
      return tfjsToCaffe(name, { graph: read(source.graph), weights: read(source.weights) }, source.outputs);
    case 'face-api':
      return faceApiToCaffe(name, { weights: read(source.weights), layout: read(source.layout) });
    case 'package':
      return { weights: read(source.file), definition: null };
  }
}

function readPublished(packagesFolder: string, source: PackagedSource, file: SourceFile): Uint8Array {
  const folder = join(packagesFolder, source.package);
  const path = join(folder, file.path);
  const problem = fileProblem(path, file);
  if (problem === null) return readFileSync(path);
  const remedy = `install ${source.package} ${source.version} again: remove ${folder}, then run: ${REPAIR}`;
  throw new ModelError(path, problem, { remedy });
}
