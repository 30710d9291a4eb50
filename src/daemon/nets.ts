// Which nets the sensor will load: those of the configured pack, verified before anything starts, and described for `info`.
import type { Config } from '../config/load.ts';
import type { NetFacts } from '../contract/info.ts';
import { openPack, type Pack, type PackChoice } from '../models/pack.ts';
import { PREPARED_MODELS } from '../models/repair.ts';
import { MANIFEST_PATH } from './installation.ts';

export type Nets = Readonly<{ choice: PackChoice; pack: Pack }>;

/** Throws an UnknownPackError, or a ModelError when a file of the pack is missing or not what the manifest says. */
export function chooseNets({ models }: Pick<Config, 'models'>): Nets {
  const choice = packChoice(models);
  return { choice, pack: openPack(choice) };
}

export function packChoice({ pack, packFile, folder }: Config['models']): PackChoice {
  return { manifestPath: MANIFEST_PATH, folder: folder ?? PREPARED_MODELS, pack, packFile };
}

export function describeNets({ pack: { name: pack, detector, classifiers } }: Nets): NetFacts {
  const models = [detector, ...classifiers.map(({ net }) => net)].map(({ spec: { name, role, files, license } }) => ({
    name,
    role,
    sha256: files.weights.sha256,
    license: license.name,
    commercialUse: license.commercialUse,
  }));
  return { pack, models };
}
