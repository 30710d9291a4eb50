// The nets and packs that there are, the pack that is configured, and the folder that the files are looked for in.
import { hostname } from 'node:os';
import { loadConfig } from '../config/load.ts';
import { MANIFEST_PATH, NET_DEFINITIONS, PREPARED_MODELS } from '../daemon/installation.ts';
import { readManifest } from '../models/manifest.ts';
import type { NetSpec } from '../models/net-schema.ts';
import { describedPack } from '../models/pack.ts';
import type { PackSpec } from '../models/pack-schema.ts';
import { UsageError } from './usage-error.ts';

export type Installation = Readonly<{ manifestPath: string; preparedFolder: string; definitionsFolder: string }>;
export type ShelfOptions = Readonly<{ config?: string; json?: boolean }>;
export type Shelf = Readonly<{
  nets: readonly NetSpec[];
  packs: Readonly<Record<string, PackSpec>>;
  configuredPack: string;
  folder: string;
}>;

export const INSTALLED: Installation = {
  manifestPath: MANIFEST_PATH,
  preparedFolder: PREPARED_MODELS,
  definitionsFolder: NET_DEFINITIONS,
};

export function openShelf({ config: file }: ShelfOptions, { manifestPath, preparedFolder }: Installation): Shelf {
  const { models } = loadConfig(file ?? null, { hostname: hostname() }).config;
  const { name, spec, nets } = describedPack({ manifestPath, pack: models.pack, packFile: models.packFile });
  const { packs } = readManifest(manifestPath);
  return { nets, packs: { ...packs, [name]: spec }, configuredPack: name, folder: models.folder ?? preparedFolder };
}

/** The nets of the named packs and nets, each once, in the order of the manifest. */
export function netsOf(shelf: Shelf, names: readonly string[]): readonly NetSpec[] {
  const wanted = new Set(names.flatMap((name) => netNamesIn(shelf, name)));
  return shelf.nets.filter(({ name }) => wanted.has(name));
}

export function netNamesOf({ detector, classifiers }: PackSpec): readonly string[] {
  return [detector, ...classifiers.map(({ net }) => net)];
}

/** A pack that shares its name with a net holds that net. */
function netNamesIn({ packs, nets }: Shelf, name: string): readonly string[] {
  const pack = Object.entries(packs).find(([candidate]) => candidate === name)?.[1];
  if (pack !== undefined) return netNamesOf(pack);
  if (nets.some((net) => net.name === name)) return [name];
  const known = `The packs are ${Object.keys(packs).join(', ')}; the nets are ${nets.map((net) => net.name).join(', ')}.`;
  throw new UsageError(`There is no pack and no net ${name}. ${known}`);
}
