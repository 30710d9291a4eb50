// Judges the calibrated answers about single pictures against their labels.
import { type AgeGroup, ageGroupMasses } from '../../../src/audience/age.ts';
import { ageOf, genderOf } from '../../../src/models/pack-answer.ts';
import type { PackCalibration } from '../../../src/models/pack-schema.ts';
import type { AgeDistribution } from '../../../src/observation/observation.ts';
import { yearsOf } from './calibrate.ts';
import type { FaceAnswer } from './face-answers.ts';
import { type Bracket, isAdult } from './labelled-faces.ts';
import { expectedCalibrationError, meanOf, meanShare, type Share, shareOf } from './statistics.ts';

export type Floors = Readonly<{ gender: number; age: number; groups: readonly AgeGroup[] }>;

export type FaceFigures = Readonly<{
  found: Share;
  falseBoxes: number;
  gender: GenderFigures | null;
  age: AgeFigures | null;
}>;

type GenderFigures = Readonly<{
  /** Mean of women's and men's recall over all labelled adults: an answer is forced, a face missed is wrong. */
  forced: Share;
  women: Share;
  men: Share;
  /** Of the answers that reach the confidence floor. */
  right: Share;
  given: Share;
  calibrationError: number;
  confusion: Counts;
}>;

type AgeFigures = Readonly<{
  absoluteErrorYears: ReturnType<typeof meanOf>;
  /** Of the faces whose bracket lies within one group. */
  group: Share;
  exactClass: Share;
  classOrNeighbor: Share;
  calibrationError: number;
  confusion: Counts;
}>;

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const ADIENCE_CLASSES: readonly AgeGroup[] = [
  [0, 3],
  [4, 7],
  [8, 13],
  [14, 22],
  [23, 34],
  [35, 45],
  [46, 56],
  [57, null],
].map(([fromYears, toYears], i) => ({ name: String(i), fromYears: fromYears ?? 0, toYears: toYears ?? null }));

const LABEL_BRACKETS: readonly AgeGroup[] = [
  [0, 2],
  [3, 9],
  [10, 19],
  [20, 29],
  [30, 39],
  [40, 49],
  [50, 59],
  [60, 69],
  [70, null],
].map(([fromYears, toYears]) => ({ name: String(fromYears), fromYears: fromYears ?? 0, toYears: toYears ?? null }));

export function judge(
  answers: readonly FaceAnswer[],
  calibration: Pick<PackCalibration, 'gender' | 'age'> | null,
  floors: Floors,
): FaceFigures {
  const full = calibration && { ...calibration, measuredOn: 'this run', confusion: null };
  const found = answers.filter((answer) => answer.found !== null);
  return {
    found: shareOf(found.length, answers.length),
    falseBoxes: answers.reduce((sum, { falseBoxes }) => sum + falseBoxes, 0),
    gender: found.some((one) => one.found?.rawMale != null) ? judgeGender(answers, full, floors) : null,
    age: found.some((one) => one.found?.age != null) ? judgeAge(answers, full, floors) : null,
  };
}

/** The highest confidence floor at which at least `coverage` of the adults get an answer. */
export function floorFor(answers: readonly FaceAnswer[], gender: PackCalibration['gender'], coverage: number): number {
  const calibration = { measuredOn: 'this run', gender, age: null, confusion: null };
  const adults = answers.filter(({ face }) => isAdult(face));
  const confidences = adults
    .map(({ found }) => {
      const said = found?.rawMale == null ? null : genderOf([found.rawMale], calibration);
      return said === null ? 0 : Math.max(said.female, said.male);
    })
    .sort((a, b) => b - a);
  return confidences[Math.ceil(coverage * confidences.length) - 1] ?? 0.5;
}

function judgeGender(
  answers: readonly FaceAnswer[],
  calibration: PackCalibration | null,
  floors: Floors,
): GenderFigures {
  const adults = answers
    .filter(({ face }) => isAdult(face))
    .map(({ face, found }) => {
      const said = found?.rawMale == null ? null : genderOf([found.rawMale], calibration);
      const guess = said === null ? null : said.male > said.female ? 'male' : 'female';
      const confidence = said === null ? 0 : Math.max(said.female, said.male);
      return { truth: face.gender, guess, confidence, right: guess === face.gender };
    });
  const recallOf = (gender: string) => {
    const theirs = adults.filter(({ truth }) => truth === gender);
    return shareOf(theirs.filter(({ right }) => right).length, theirs.length);
  };
  const given = adults.filter(({ confidence }) => confidence >= floors.gender);
  const [women, men] = [recallOf('female'), recallOf('male')];
  return {
    forced: meanShare([women, men]),
    women,
    men,
    right: shareOf(given.filter(({ right }) => right).length, given.length),
    given: shareOf(given.length, adults.length),
    calibrationError: expectedCalibrationError(adults.filter(({ guess }) => guess !== null)),
    confusion: countsOf(
      ['female', 'male'],
      adults.map(({ truth, guess, confidence }) => [
        truth,
        guess !== null && confidence >= floors.gender ? guess : null,
      ]),
    ),
  };
}

function judgeAge(answers: readonly FaceAnswer[], calibration: PackCalibration | null, floors: Floors): AgeFigures {
  const asked = answers.flatMap(({ face, found }) => {
    const age = found?.age == null ? null : ageOf([found.age], calibration);
    return age === null ? [] : [{ bracket: face.bracket, age }];
  });
  const grouped = asked.flatMap(({ bracket, age }) => {
    const truth = floors.groups.find((group) => isWithin(bracket, group))?.name;
    if (truth === undefined) return [];
    const { name, mass } = mostProbable(age, floors.groups);
    return [{ truth, guess: name, confidence: mass, right: name === truth }];
  });
  const classed = asked.map(({ bracket, age }) => {
    const guess = Number(mostProbable(age, ADIENCE_CLASSES).name);
    const possible = ADIENCE_CLASSES.flatMap((one, i) => (overlaps(bracket, one) ? [i] : []));
    return Math.min(...possible.map((truth) => Math.abs(truth - guess)));
  });
  const classesWithin = (distance: number) =>
    shareOf(classed.filter((away) => away <= distance).length, answers.length);
  return {
    absoluteErrorYears: meanOf(asked.map(({ bracket, age }) => Math.abs(meanYearsOf(age) - bracket.middleYears))),
    group: shareOf(grouped.filter(({ right }) => right).length, grouped.length),
    exactClass: classesWithin(0),
    classOrNeighbor: classesWithin(1),
    calibrationError: expectedCalibrationError(asked.map(bracketGuess)),
    confusion: countsOf(
      floors.groups.map(({ name }) => name),
      grouped.map(({ truth, guess, confidence }) => [truth, confidence >= floors.age ? guess : null]),
    ),
  };
}

/** The most probable of the labels' own brackets, which together hold every age. */
function bracketGuess({ age, bracket }: Readonly<{ age: AgeDistribution; bracket: Bracket }>) {
  const { name, mass } = mostProbable(age, LABEL_BRACKETS);
  return { confidence: mass, right: Number(name) === bracket.fromYears };
}

function meanYearsOf(age: AgeDistribution): number {
  if (age.kind === 'normal') return age.meanYears;
  return age.classes.reduce((sum, { fromYears, toYears, probability }) => {
    return sum + (probability * (fromYears + toYears + 1)) / 2;
  }, 0);
}

function mostProbable(age: AgeDistribution, groups: readonly AgeGroup[]): Readonly<{ name: string; mass: number }> {
  const masses = ageGroupMasses(yearsOf(age), groups);
  const best = masses.reduce((at, mass, i) => (mass > (masses[at] ?? 0) ? i : at), 0);
  return { name: groups[best]?.name ?? '', mass: masses[best] ?? 0 };
}

function isWithin(bracket: Bracket, { fromYears, toYears }: AgeGroup): boolean {
  return bracket.fromYears >= fromYears && (toYears === null || bracket.toYears <= toYears);
}

function overlaps(bracket: Bracket, { fromYears, toYears }: AgeGroup): boolean {
  return bracket.toYears >= fromYears && (toYears === null || bracket.fromYears <= toYears);
}

function countsOf(classes: readonly string[], pairs: readonly (readonly [string, string | null])[]): Counts {
  const answersOf = (truth: string) =>
    [...classes, 'unknown'].map((answer) => [
      answer,
      pairs.filter(([of, said]) => of === truth && (said ?? 'unknown') === answer).length,
    ]);
  return Object.fromEntries(classes.map((truth) => [truth, Object.fromEntries(answersOf(truth))]));
}
