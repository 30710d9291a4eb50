// Hands out a net only when its files are exactly those that its description names.
import { resolve } from 'node:path';
import { fileProblem } from './file-check.ts';
import { ModelError } from './model-error.ts';
import type { NetFile, NetSpec } from './net-schema.ts';
import { COPY, PREPARED_MODELS, REPAIR } from './repair.ts';

export type VerifiedNet<Spec extends NetSpec = NetSpec> = Readonly<{
  spec: Spec;
  weightsPath: string;
  definitionPath: string | null;
}>;

/**
 * Checks existence, size and SHA-256 of its files in `folder`; throws a ModelError that names the remedy. `pulledAs` is what
 * to pull where that is more than the net, such as its pack.
 */
export function verifiedNet<Spec extends NetSpec>(
  spec: Spec,
  folder: string,
  pulledAs: string = spec.name,
): VerifiedNet<Spec> {
  const { files } = spec;
  const verified = (file: NetFile) => verifiedPath(resolve(folder, file.name), file, remedyFor(spec, folder, pulledAs));
  return {
    spec,
    weightsPath: verified(files.weights),
    definitionPath: 'definition' in files ? verified(files.definition) : null,
  };
}

/** The files of a net that have to be there. */
export function filesOf({ files }: NetSpec): readonly NetFile[] {
  return 'definition' in files ? [files.definition, files.weights] : [files.weights];
}

/** What brings the files of the net to their place in `folder`. */
export function remedyFor({ name, source }: NetSpec, folder: string, pulledAs: string = name): string {
  if (source.format === 'download') return `fetch it with: onlooker models pull ${pulledAs}`;
  if (source.format === 'own') return 'correct the pack file, or bring the file back';
  if (resolve(folder) !== PREPARED_MODELS) return COPY;
  return `repair it with: ${REPAIR}`;
}

function verifiedPath(path: string, file: NetFile, remedy: string): string {
  const problem = fileProblem(path, file);
  if (problem === null) return path;
  throw new ModelError(path, problem, { remedy });
}
