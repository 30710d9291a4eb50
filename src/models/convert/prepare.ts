// Makes the model files that the manifest names out of the files of npm packages, each either whole or not at all.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentProblem, fileProblem } from '../file-check.ts';
import type { FileContent, Manifest, NetSource, NetSpec } from '../manifest.ts';
import { ModelError } from '../model-error.ts';
import { tfjsToCaffe } from './tfjs-to-caffe.ts';
import { tfliteToOnnx } from './tflite-to-onnx.ts';

export type PreparationStep = Readonly<{ net: string; step: 'present' | 'converting' | 'prepared' }>;
export type Preparation = Readonly<{
  manifest: Manifest;
  /** The node_modules folder that holds the packages. */
  packagesFolder: string;
  into: string;
  onProgress: (step: PreparationStep) => void;
}>;

/** Skips what is there with the right hash, repairs what is not; throws a ModelError that names the remedy. */
export function prepareModels({ manifest, packagesFolder, into, onProgress }: Preparation): void {
  for (const net of manifest.nets) {
    if (preparedFiles(net).every((file) => fileProblem(join(into, file.name), file) === null)) {
      onProgress({ net: net.name, step: 'present' });
      continue;
    }
    onProgress({ net: net.name, step: 'converting' });
    for (const { file, content } of convert(net, packagesFolder)) {
      const problem = contentProblem(content, file);
      if (problem !== null) throw new ModelError(file.name, `as converted ${problem}`, { remedy: REPORT });
      writeWhole(into, file.name, content);
    }
    onProgress({ net: net.name, step: 'prepared' });
  }
}

type Converted = Readonly<{ file: FileContent & { readonly name: string }; content: Uint8Array }>;
type SourceFile = FileContent & { readonly path: string };

const REPORT = 'the manifest and the converter disagree, which is a bug: report it with the version of Node';
const PARTIAL = '.partial';
const ABANDONED_AFTER_MS = 3_600_000;

function preparedFiles({ files }: NetSpec): Converted['file'][] {
  return files.format === 'caffe' ? [files.definition, files.weights] : [files.weights];
}

function convert({ name, files, source }: NetSpec, packagesFolder: string): Converted[] {
  if (source.format === 'tflite' && files.format === 'onnx') {
    const model = readSource(packagesFolder, source, source.model);
    return [{ file: files.weights, content: tfliteToOnnx(name, model, source.outputs) }];
  }
  if (source.format === 'tfjs' && files.format === 'caffe') {
    const graph = readSource(packagesFolder, source, source.graph);
    const weights = readSource(packagesFolder, source, source.weights);
    const converted = tfjsToCaffe(name, { graph, weights }, source.outputs);
    return [
      { file: files.definition, content: converted.definition },
      { file: files.weights, content: converted.weights },
    ];
  }
  throw new ModelError(name, `cannot be converted from ${source.format} to ${files.format}`, { remedy: REPORT });
}

function readSource(packagesFolder: string, source: NetSource, file: SourceFile): Uint8Array {
  const path = join(packagesFolder, source.package, file.path);
  const problem = fileProblem(path, file);
  if (problem === null) return readFileSync(path);
  const remedy = `install ${source.package} ${source.version} again with: npm ci && node deploy/bootstrap.mjs`;
  throw new ModelError(path, problem, { remedy });
}

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
