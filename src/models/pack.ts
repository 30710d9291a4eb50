// Chooses a pack by name, or the one of an operator's pack file, and verifies every net of it.
import { z } from 'zod';
import { readManifest } from './manifest.ts';
import type { ClassifierSpec, DetectorSpec, NetSpec } from './net-schema.ts';
import { readPackFile } from './pack-file.ts';
import type { PackCalibration, PackSpec } from './pack-schema.ts';
import { UnknownPackError } from './unknown-pack-error.ts';
import { type VerifiedNet, verifiedNet } from './verify.ts';

export const packChoiceSchema = z.strictObject({
  manifestPath: z.string(),
  /** Where the files of the manifest's nets are. */
  folder: z.string(),
  pack: z.string(),
  /** An operator's pack, taken instead of `pack`. */
  packFile: z.string().nullable(),
});
export type PackChoice = Readonly<z.infer<typeof packChoiceSchema>>;

export type Pack = Readonly<{
  name: string;
  detector: VerifiedNet<DetectorSpec>;
  classifiers: readonly PackClassifier[];
  calibration: PackCalibration | null;
}>;

export type PackClassifier = Readonly<{
  net: VerifiedNet<ClassifierSpec>;
  answers: readonly ('age' | 'gender')[];
}>;

/** Throws a ModelError when a file of the pack is missing or not what its description says; see describedPack, too. */
export function openPack(choice: PackChoice): Pack {
  const { folder, packFile } = choice;
  const { name, detector, classifiers, calibration } = describedPack(choice).pack;
  const nets = netsOf({ detector, classifiers });
  // Only with its configuration does pull know the pack of an operator; it always knows the nets.
  const pulledAs = packFile === null ? name : namesToPull(nets);
  return {
    name,
    detector: verifiedNet(detector, folder, pulledAs),
    classifiers: classifiers.map(({ net, answers }) => ({ net: verifiedNet(net, folder, pulledAs), answers })),
    calibration,
  };
}

/**
 * What is written about the chosen pack, and about all nets and packs that there are, whether their files are there or not.
 * Throws an UnknownPackError, or a ModelError for a description that cannot be used.
 */
export function describedPack({
  manifestPath,
  pack: name,
  packFile,
}: Omit<PackChoice, 'folder'>): Readonly<{ pack: PackSpec; nets: readonly NetSpec[]; packs: readonly PackSpec[] }> {
  const manifest = readManifest(manifestPath);
  const { nets, packs } = manifest;
  if (packFile !== null) {
    const own = readPackFile(packFile, manifest);
    return { pack: own.pack, nets: [...own.nets, ...nets], packs: [...packs, own.pack] };
  }
  const pack = packs.find((candidate) => candidate.name === name);
  if (pack !== undefined) return { pack, nets, packs };
  const known = packs.map((candidate) => candidate.name);
  throw new UnknownPackError(name, known);
}

export function netsOf({ detector, classifiers }: Pick<PackSpec, 'detector' | 'classifiers'>): readonly NetSpec[] {
  return [detector, ...classifiers.map(({ net }) => net)];
}

function namesToPull(nets: readonly NetSpec[]): string {
  return nets.flatMap(({ name, source }) => (source.format === 'download' ? [name] : [])).join(' ');
}
