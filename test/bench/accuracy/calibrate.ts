// Fits the calibration of a pack on half A: scale and offset of the gender's log-odds, and the temperature of the age.
import { type AgeGroup, ageGroupMasses } from '../../../src/audience/age.ts';
import { addLook, fuse, NO_LOOKS } from '../../../src/audience/fuse.ts';
import { ageOf, genderOf } from '../../../src/models/pack-answer.ts';
import type { PackCalibration } from '../../../src/models/pack-schema.ts';
import type { AgeDistribution } from '../../../src/observation/observation.ts';
import type { FaceAnswer } from './face-answers.ts';
import { type Bracket, isAdult } from './labelled-faces.ts';
import { leastAt } from './statistics.ts';

export type Fitted = Readonly<Pick<PackCalibration, 'gender' | 'age'>>;

export function calibrate(answers: readonly FaceAnswer[]): Fitted {
  const genders = answers.flatMap(({ face, found }) =>
    found?.rawMale == null || !isAdult(face) ? [] : [{ rawMale: found.rawMale, isMale: face.gender === 'male' }],
  );
  const ages = answers.flatMap(({ face, found }) =>
    found?.age == null ? [] : [{ age: found.age, bracket: face.bracket }],
  );
  return {
    gender: genders.length === 0 ? null : fitGender(genders),
    age: ages.length === 0 ? null : { temperature: rounded(fitTemperature(ages)) },
  };
}

/** How probable each of the brackets is, from 0 to 100 years. */
function bracketMass(age: AgeDistribution, { fromYears, toYears }: Bracket): number {
  const groups: AgeGroup[] = [{ name: 'bracket', fromYears, toYears }];
  return ageGroupMasses(yearsOf(age), groups)[0] ?? 0;
}

/** Unnormalized log-probabilities per year of one look. */
export function yearsOf(age: AgeDistribution): readonly number[] {
  const look = { seq: 0, face: 0, at: 0, age, gender: null, quality: 1 };
  return fuse(addLook(NO_LOOKS, look, { widthPx: 100, yawDegrees: 0 })).age ?? [];
}

type Gendered = Readonly<{ rawMale: number; isMale: boolean }>;

/** Women and men weigh the same, however many there are of each. */
function fitGender(faces: readonly Gendered[]): { scale: number; offset: number } {
  const decision = decisionPoint(faces);
  const share = faces.filter(({ isMale }) => isMale).length / faces.length;
  const cost = (scale: number) =>
    faces.reduce((sum, { rawMale, isMale }) => {
      const male = genderOf([rawMale], calibrationOf({ scale, offset: -scale * decision }, null))?.male ?? 0.5;
      return sum - Math.log(Math.max(1e-9, isMale ? male : 1 - male)) / (isMale ? share : 1 - share);
    }, 0);
  const scale = rounded(leastAt(0.1, 3, cost));
  return { scale, offset: rounded(-scale * decision) };
}

/** The log-odds between two faces at which the mean of women's and men's recall is best; the middle one of several. */
function decisionPoint(faces: readonly Gendered[]): number {
  const logOdds = faces.map(({ rawMale }) => Math.log(rawMale / (1 - rawMale))).sort((a, b) => a - b);
  const recall = (at: number, ofMen: boolean) => {
    const theirs = faces.filter(({ isMale }) => isMale === ofMen);
    return theirs.filter(({ rawMale }) => Math.log(rawMale / (1 - rawMale)) > at === ofMen).length / theirs.length;
  };
  const points = logOdds.slice(1).flatMap((right, i) => {
    const left = logOdds[i] ?? right;
    const at = (left + right) / 2;
    return left === right ? [] : [{ at, recall: (recall(at, true) + recall(at, false)) / 2 }];
  });
  const best = Math.max(...points.map((point) => point.recall));
  const tied = points.filter((point) => best - point.recall < 1e-9);
  return tied[Math.floor(tied.length / 2)]?.at ?? 0;
}

function fitTemperature(ages: readonly Readonly<{ age: AgeDistribution; bracket: Bracket }>[]): number {
  const cost = (temperature: number) =>
    ages.reduce((sum, { age, bracket }) => {
      const warm = ageOf([age], calibrationOf(null, { temperature }));
      return sum - Math.log(Math.max(1e-9, warm === null ? 0 : bracketMass(warm, bracket)));
    }, 0);
  return leastAt(0.2, 5, cost);
}

function calibrationOf(gender: PackCalibration['gender'], age: PackCalibration['age']): PackCalibration {
  return { measuredOn: 'a fit under way', gender, age, confusion: null };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
