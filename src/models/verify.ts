// Hands out a net only when its files are exactly those that its description names.
import { resolve } from 'node:path';
import { fileProblem } from './file-check.ts';
import { ModelError } from './model-error.ts';
import type { NetFile, NetSpec } from './net-schema.ts';

export type VerifiedNet<Spec extends NetSpec = NetSpec> = Readonly<{
  spec: Spec;
  weightsPath: string;
  definitionPath: string | null;
}>;

/** Checks existence, size and SHA-256 of its files in `folder`; throws a ModelError that names the remedy. */
export function verifiedNet<Spec extends NetSpec>(spec: Spec, folder: string): VerifiedNet<Spec> {
  const { files } = spec;
  return {
    spec,
    weightsPath: verifiedPath(spec, files.weights, folder),
    definitionPath: 'definition' in files ? verifiedPath(spec, files.definition, folder) : null,
  };
}

/** The files of a net that have to be there. */
export function filesOf({ files }: NetSpec): readonly NetFile[] {
  return 'definition' in files ? [files.definition, files.weights] : [files.weights];
}

/** What brings the files of the net to their place. */
export function remedyFor({ name, source }: NetSpec): string {
  if (source.format === 'download') return `fetch it with: onlooker models pull ${name}`;
  if (source.format === 'own') return 'correct the pack file, or bring the file back';
  return 'repair it with: node deploy/bootstrap.mjs';
}

function verifiedPath(spec: NetSpec, file: NetFile, folder: string): string {
  const path = resolve(folder, file.name);
  const problem = fileProblem(path, file);
  if (problem === null) return path;
  throw new ModelError(path, problem, { remedy: remedyFor(spec) });
}
