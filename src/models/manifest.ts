// Defines and reads the manifest: every net that Onlooker knows, and the packs made of them.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ModelError } from './model-error.ts';
import { type NetSpec, netSchemaWith } from './net-schema.ts';
import { type PackSpec, packSchema } from './pack-schema.ts';
import { netProblems, packProblems } from './reference-problems.ts';
import { fileContent, fileName } from './source-schema.ts';

/** Reads and checks a manifest; every problem is listed in the error. */
export function readManifest(path: string): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(path));
  if (parsed.success) return parsed.data;
  throw new ModelError(path, `is not a valid manifest (${problemsIn(parsed.error)})`, { remedy: RESTORE });
}

/** The net of that name. */
export function netNamed(manifest: Manifest, name: string): NetSpec {
  const net = manifest.nets.find((candidate) => candidate.name === name);
  if (net !== undefined) return net;
  const known = manifest.nets.map((candidate) => candidate.name).join(', ');
  throw new ModelError(name, `is not a net of the manifest, which has ${known}`, { remedy: RESTORE });
}

/** In words, for people who wrote the file. */
export function problemsIn({ issues }: z.ZodError): string {
  return problemText(issues.map(({ path, message }) => [path, message]));
}

export function problemText(problems: readonly (readonly [path: readonly PropertyKey[], message: string])[]): string {
  return problems.map(([path, message]) => `${path.join('.') || 'the file'}: ${message}`).join('; ');
}

const RESTORE = 'restore models/manifest.json of this version';

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? `is not JSON (${cause.message})` : 'cannot be read';
    throw new ModelError(path, problem, { remedy: RESTORE, cause });
  }
}

const manifestSchema = z
  .strictObject({
    version: z.literal(1),
    nets: z.array(netSchemaWith(z.strictObject({ name: fileName, ...fileContent }))).min(1),
    packs: z.record(z.string(), packSchema),
  })
  .superRefine(({ nets, packs }, context) => {
    const problems = [
      ...netProblems(nets),
      ...Object.entries(packs).flatMap(([name, pack]) =>
        packProblems(pack, nets).map(([path, message]) => [['packs', name, ...path], message] as const),
      ),
    ];
    for (const [path, message] of problems) context.addIssue({ code: 'custom', path: [...path], message });
  });

export type Manifest = Readonly<{
  version: 1;
  nets: readonly NetSpec[];
  packs: Readonly<Record<string, PackSpec>>;
}>;
