// Reads an operator's pack file: nets of his own, described as in the manifest, and one pack made of them.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { contentOf } from './file-check.ts';
import type { Manifest } from './manifest.ts';
import { ModelError } from './model-error.ts';
import { type NetFile, type NetSpec, netSchemaWith } from './net-schema.ts';
import { type PackSpec, packSchema } from './pack-schema.ts';
import { type Problem, problemText } from './problems.ts';
import { reasonOf } from './reason.ts';
import { netProblems, resolvePack } from './references.ts';
import { fileContent } from './source-schema.ts';

type PackFile = Readonly<{ nets: readonly NetSpec[]; pack: PackSpec }>;

/**
 * YAML or JSON; file names are relative to it, the pack is named as it is, and it may use the nets of the manifest. Throws a
 * ModelError that lists every problem.
 */
export function readPackFile(path: string, manifest: Manifest): PackFile {
  const parsed = packFileSchema(dirname(resolve(path))).safeParse(parseYaml(path));
  if (!parsed.success) throw invalid(path, parsed.error.issues);
  const { nets, pack: written } = parsed.data;
  const name = basename(path, extname(path));
  const taken = [...manifest.nets, ...manifest.packs].map((one) => one.name);
  const { pack, problems } = resolvePack(name, written, [...nets, ...manifest.nets]);
  const all: readonly Problem[] = [
    ...(taken.includes(name) ? [{ path: [], message: `${name} is the name of another net or pack, rename it` }] : []),
    ...netProblems(nets, [...taken, name]),
    ...problems.map((problem) => ({ ...problem, path: ['pack', ...problem.path] })),
  ];
  if (pack === null || all.length > 0) throw invalid(path, all);
  return { nets, pack };
}

/** What a pack file in this folder may say. */
export function packFileSchema(folder: string) {
  return z.strictObject({
    version: z.literal(1),
    nets: z.array(netSchemaWith(ownFileSchema(folder)).refine(isOwn, OWN_ONLY)).default([]),
    pack: packSchema,
  });
}

const REMEDY = 'docs/models.md describes every key';

function invalid(path: string, problems: readonly Problem[]): ModelError {
  return new ModelError(path, `is not a valid pack file (${problemText(problems)})`, { remedy: REMEDY });
}

const OWN_ONLY = { path: ['source'], message: 'has no place in a pack file, whose nets are the files it names' };

function isOwn({ source }: NetSpec): boolean {
  return source.format === 'own';
}

/** Size and hash may be left out: then the file is taken as it is. */
function ownFileSchema(folder: string) {
  return z
    .strictObject({
      name: z.string().min(1),
      bytes: fileContent.bytes.optional(),
      sha256: fileContent.sha256.optional(),
    })
    .transform((file, context): NetFile => {
      const name = resolve(folder, file.name);
      const problem = (message: string) => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (!existsSync(name)) return problem(`${name} is missing`);
      try {
        const found = contentOf(name);
        if (found.bytes === 0) return problem(`${name} is empty`);
        return { name, bytes: file.bytes ?? found.bytes, sha256: file.sha256 ?? found.sha256 };
      } catch (error) {
        return problem(`${name} cannot be read (${reasonOf(error)})`);
      }
    });
}

function parseYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (!existsSync(path))
      throw new ModelError(path, 'is missing', { remedy: 'correct models.packFile or --pack', cause });
    // The lines after the first show the place in the file.
    const [reason = ''] = reasonOf(cause).split('\n');
    throw new ModelError(path, `cannot be read as YAML (${reason.replace(/:$/, '')})`, { remedy: REMEDY, cause });
  }
}
