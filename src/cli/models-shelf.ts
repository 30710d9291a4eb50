// The nets and packs that there are, the pack that is configured, and the folder that the files are looked for in.
import { hostname } from 'node:os';
import { loadConfig } from '../config/load.ts';
import { MANIFEST_PATH, NET_DEFINITIONS, ownService } from '../daemon/installation.ts';
import type { NetSpec } from '../models/net-schema.ts';
import { describedPack, netsOf } from '../models/pack.ts';
import type { PackSpec } from '../models/pack-schema.ts';
import { PREPARED_MODELS } from '../models/repair.ts';
import { UsageError } from './usage-error.ts';

export type Installation = Readonly<{ manifestPath: string; preparedFolder: string; definitionsFolder: string }>;
export type ShelfOptions = Readonly<{ config?: string; json?: boolean }>;
export type Shelf = Readonly<{
  nets: readonly NetSpec[];
  packs: readonly PackSpec[];
  configured: PackSpec;
  folder: string;
}>;

export const INSTALLED: Installation = {
  manifestPath: MANIFEST_PATH,
  preparedFolder: PREPARED_MODELS,
  definitionsFolder: NET_DEFINITIONS,
};

export function openShelf({ config: file }: ShelfOptions, { manifestPath, preparedFolder }: Installation): Shelf {
  const { models } = loadConfig(file ?? ownService(process.env).config, { hostname: hostname() }).config;
  const { pack, nets, packs } = describedPack({ manifestPath, pack: models.pack, packFile: models.packFile });
  return { nets, packs, configured: pack, folder: models.folder ?? preparedFolder };
}

/** The pack or net of that name; throws a UsageError that names all. */
export function named({ packs, nets }: Shelf, name: string): Named {
  const pack = packs.find((candidate) => candidate.name === name);
  if (pack !== undefined) return { pack };
  const net = nets.find((candidate) => candidate.name === name);
  if (net !== undefined) return { net };
  const known = `The packs are ${namesOf(packs)}; the nets are ${namesOf(nets)}.`;
  throw new UsageError(`There is no pack and no net ${name}. ${known}`);
}

/** The nets of the named packs and nets, each once, in the order in which they are described. */
export function netsNamed(shelf: Shelf, names: readonly string[]): readonly NetSpec[] {
  const wanted = new Set(
    names.flatMap((name): readonly NetSpec[] => {
      const found = named(shelf, name);
      return 'pack' in found ? netsOf(found.pack) : [found.net];
    }),
  );
  return shelf.nets.filter((net) => wanted.has(net));
}

/** What a pack may be used for is what each of its nets may be used for. */
export function commercialUseOf(nets: readonly NetSpec[]): CommercialUse {
  return nets.some(({ license }) => license.commercialUse === 'unclear') ? 'unclear' : 'clear';
}

export type CommercialUse = NetSpec['license']['commercialUse'];

type Named = Readonly<{ pack: PackSpec } | { net: NetSpec }>;

function namesOf(things: readonly Readonly<{ name: string }>[]): string {
  return things.map(({ name }) => name).join(', ');
}
