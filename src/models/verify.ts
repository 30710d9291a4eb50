// Hands out a net only when its files are exactly those that the manifest names.
import { join } from 'node:path';
import { fileProblem } from './file-check.ts';
import { type Manifest, type NetSpec, netNamed } from './manifest.ts';
import { ModelError } from './model-error.ts';

export type VerifiedNet = Readonly<{ spec: NetSpec; weightsPath: string; definitionPath: string | null }>;

/** Checks existence, size and SHA-256; throws a ModelError that names the remedy. */
export function verifiedNet(manifest: Manifest, folder: string, name: string): VerifiedNet {
  const spec = netNamed(manifest, name);
  const verified = (file: (typeof spec.files)['weights']) => {
    const path = join(folder, file.name);
    const problem = fileProblem(path, file);
    if (problem !== null) throw new ModelError(path, problem);
    return path;
  };
  const { files } = spec;
  return {
    spec,
    weightsPath: verified(files.weights),
    definitionPath: files.format === 'caffe' ? verified(files.definition) : null,
  };
}
