// Measures the packs on the labelled faces: figures on half B, and what half A asks of the calibration.
import { configSchema } from '../../../src/config/schema.ts';
import { MANIFEST_PATH } from '../../../src/daemon/installation.ts';
import { openPack } from '../../../src/models/pack.ts';
import type { PackCalibration } from '../../../src/models/pack-schema.ts';
import { calibrate } from './calibrate.ts';
import { askPack } from './face-answers.ts';
import { floorFor, judge } from './face-figures.ts';
import type { PackFigures } from './face-report.ts';
import type { LabelledFace } from './labelled-faces.ts';
import { judgeMinors } from './minors-figures.ts';

/** At the floors of the default configuration. */
export async function measureFaces(pack: string, folder: string, faces: readonly LabelledFace[]): Promise<PackFigures> {
  const opened = openPack({ manifestPath: MANIFEST_PATH, folder, pack, packFile: null });
  const { answers, detectMs, classifyMs } = await askPack(opened, faces);
  const half = (which: 'A' | 'B') => answers.filter(({ face }) => face.half === which);
  const { gender, age } = configSchema.parse({});
  const floors = { gender: gender.minConfidence, age: age.minConfidence, groups: age.groups };
  const calibration = calibrate(half('A'));
  return {
    pack,
    detectMs,
    classifyMs,
    calibration,
    genderFloor: floorFor(half('A'), calibration.gender, MEANT_COVERAGE),
    halfA: judge(half('A'), opened.calibration, floors),
    halfB: judge(half('B'), opened.calibration, floors),
    refitted: judge(half('B'), calibration, floors),
    minorsOfA: judgeMinors(half('A'), opened.calibration),
    minorsOfB: judgeMinors(half('B'), opened.calibration),
  };
}

/** The calibration for the manifest; the confusion is that of half B, which the fit has not seen. */
export function calibrationFrom(
  { calibration, refitted }: PackFigures,
  faces: readonly LabelledFace[],
): PackCalibration {
  const count = (half: 'A' | 'B') => faces.filter((face) => face.half === half).length;
  const { gender, age } = refitted;
  return {
    measuredOn: `FairFace pictures (CC BY 4.0): fitted on ${count('A')} of half A, confusion from ${count('B')} of half B`,
    gender: calibration.gender,
    age: calibration.age,
    confusion: gender && age && { gender: gender.confusion, ageGroup: age.confusion },
  };
}

/** More than the goal of 80 %, since another crowd is never quite the same. */
const MEANT_COVERAGE = 0.85;
