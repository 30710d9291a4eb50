// Which nets the sensor will load: chosen by the pack, verified before anything starts, and described for `info`.
import type { Config } from '../config/load.ts';
import type { InfoPayload } from '../contract/payloads.ts';
import { type DetectorSpec, type NetSpec, readManifest } from '../models/manifest.ts';
import { verifiedNet } from '../models/verify.ts';
import { MANIFEST_PATH, PREPARED_MODELS } from './installation.ts';

export type Nets = Readonly<{
  folder: string;
  detector: DetectorSpec;
  classifiers: readonly NetSpec[];
}>;

/** Throws a ModelError when a file of the pack is missing or not what the manifest says. */
export function chooseNets({ models }: Config): Nets {
  const manifest = readManifest(MANIFEST_PATH);
  const folder = models.folder ?? PREPARED_MODELS;
  const pack = manifest.packs[models.pack];
  if (pack === undefined) throw new Error(`the manifest has no pack ${models.pack}`);
  const { spec: detector } = verifiedNet(manifest, folder, pack.detector);
  if (detector.role !== 'detector') throw new Error(`${detector.name} is no detector`);
  return { folder, detector, classifiers: pack.classifiers.map((name) => verifiedNet(manifest, folder, name).spec) };
}

export function describeNets({ detector, classifiers }: Nets): InfoPayload['models'] {
  return [detector, ...classifiers].map(({ name, role, files, license }) => ({
    name,
    role,
    sha256: files.weights.sha256,
    license: license.name,
    commercialUse: license.commercialUse,
  }));
}
