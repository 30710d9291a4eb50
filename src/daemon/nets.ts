// Which nets the sensor will load: those of the configured pack, verified before anything starts, and described for `info`.
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/load.ts';
import { problem } from '../config/problems.ts';
import type { InfoPayload } from '../contract/payloads.ts';
import { readManifest } from '../models/manifest.ts';
import { openPack, type Pack, type PackChoice } from '../models/pack.ts';
import { MANIFEST_PATH, PREPARED_MODELS } from './installation.ts';

export type Nets = Readonly<{ choice: PackChoice; pack: Pack }>;

/** Throws a ModelError when a file of the pack is missing or not what the manifest says. */
export function chooseNets({ models }: Pick<Config, 'models'>): Nets {
  const choice = packChoice(models);
  checkName(choice);
  return { choice, pack: openPack(choice) };
}

export function packChoice({ pack, packFile, folder }: Config['models']): PackChoice {
  return { manifestPath: MANIFEST_PATH, folder: folder ?? PREPARED_MODELS, pack, packFile };
}

function checkName({ manifestPath, pack, packFile }: PackChoice): void {
  const { packs } = readManifest(manifestPath);
  if (packFile !== null || Object.hasOwn(packs, pack)) return;
  const message = `must be one of ${Object.keys(packs).join(', ')}`;
  throw new ConfigError('The configuration', [problem(['models', 'pack'], message, pack)]);
}

export function describeNets({ pack: { detector, classifiers } }: Nets): InfoPayload['models'] {
  return [detector, ...classifiers.map(({ net }) => net)].map(({ spec: { name, role, files, license } }) => ({
    name,
    role,
    sha256: files.weights.sha256,
    license: license.name,
    commercialUse: license.commercialUse,
  }));
}
