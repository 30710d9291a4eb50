// Chooses a pack by name, or the one of an operator's pack file, and verifies every net of it.
import { type Manifest, problemText, readManifest } from './manifest.ts';
import { ModelError } from './model-error.ts';
import type { ClassifierSpec, DetectorSpec, NetSpec } from './net-schema.ts';
import { invalidPackFile, readPackFile } from './pack-file.ts';
import type { PackCalibration, PackSpec } from './pack-schema.ts';
import { netProblems, packProblems } from './reference-problems.ts';
import { type VerifiedNet, verifiedNet } from './verify.ts';

export type PackChoice = Readonly<{
  manifestPath: string;
  /** Where the files of the manifest's nets are. */
  folder: string;
  pack: string;
  /** An operator's pack, taken instead of `pack`. */
  packFile: string | null;
}>;

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

/** Throws a ModelError when the pack is not there, or a file of it is missing or not what its description says. */
export function openPack(choice: PackChoice): Pack {
  const { folder } = choice;
  const { name, spec, nets } = describedPack(choice);
  const named = (net: string) => nets.find((candidate) => candidate.name === net);
  const detector = named(spec.detector);
  if (detector?.role !== 'detector') throw new ModelError(name, `has no detector ${spec.detector}`);
  return {
    name,
    detector: verifiedNet(detector, folder),
    classifiers: spec.classifiers.map(({ net, answers }) => {
      const classifier = named(net);
      if (classifier?.role !== 'classifier') throw new ModelError(name, `has no classifier ${net}`);
      return { net: verifiedNet(classifier, folder), answers };
    }),
    calibration: spec.calibration,
  };
}

/** What is written about the pack, whether its files are there or not. */
export function describedPack({
  manifestPath,
  pack,
  packFile,
}: Omit<PackChoice, 'folder'>): Readonly<{ name: string; spec: PackSpec; nets: readonly NetSpec[] }> {
  const manifest = readManifest(manifestPath);
  if (packFile === null) return { name: pack, spec: packNamed(manifest, pack), nets: manifest.nets };
  const own = readPackFile(packFile);
  const nets = [...own.nets, ...manifest.nets];
  const problems = [
    ...netProblems(own.nets, manifest.nets),
    ...packProblems(own.pack, nets).map(([path, message]) => [['pack', ...path], message] as const),
  ];
  if (problems.length > 0) throw invalidPackFile(packFile, problemText(problems));
  return { name: own.name, spec: own.pack, nets };
}

function packNamed({ packs }: Manifest, name: string): PackSpec {
  const pack = Object.entries(packs).find(([candidate]) => candidate === name)?.[1];
  if (pack !== undefined) return pack;
  throw new ModelError(name, 'is not a pack', { remedy: `choose one of ${Object.keys(packs).join(', ')}` });
}
