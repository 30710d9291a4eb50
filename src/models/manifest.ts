// Defines and reads the manifest: every net that Onlooker knows, and the packs made of them.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ModelError } from './model-error.ts';
import { type NetSpec, type NeuralSpec, netSchemaWith } from './net-schema.ts';
import { type PackSpec, packSchema } from './pack-schema.ts';
import { problemText } from './problems.ts';
import { netProblems, resolvePack } from './references.ts';
import { fileContent, fileName } from './source-schema.ts';

/** Reads and checks a manifest; every problem is listed in the error. */
export function readManifest(path: string): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(path));
  if (parsed.success) return parsed.data;
  throw new ModelError(path, `is not a valid manifest (${problemText(parsed.error.issues)})`, { remedy: RESTORE });
}

/** The net of that name; a cascade is none. */
export function netNamed({ nets }: Manifest, name: string): NeuralSpec {
  const neural = nets.flatMap((net) => (net.role === 'detector' && net.decoder === 'haar' ? [] : [net]));
  const net = neural.find((candidate) => candidate.name === name);
  if (net !== undefined) return net;
  const known = neural.map((candidate) => candidate.name).join(', ');
  throw new ModelError(name, `is not a net of the manifest, which has ${known}`, { remedy: RESTORE });
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
  .transform(({ nets, packs: written }, context): Manifest => {
    const packs: PackSpec[] = [];
    const problems = [...netProblems(nets, Object.keys(written))];
    for (const [name, one] of Object.entries(written)) {
      const resolved = resolvePack(name, one, nets);
      if (resolved.pack !== null) packs.push(resolved.pack);
      problems.push(...resolved.problems.map(({ path, message }) => ({ path: ['packs', name, ...path], message })));
    }
    for (const { path, message } of problems) context.addIssue({ code: 'custom', path: [...path], message });
    return { nets, packs };
  });

export type Manifest = Readonly<{ nets: readonly NetSpec[]; packs: readonly PackSpec[] }>;
