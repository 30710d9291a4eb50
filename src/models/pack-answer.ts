// Joins what the classifiers of a pack say of one face into one calibrated answer.
import type { AgeDistribution, GenderDistribution } from '../observation/observation.ts';
import type { PackCalibration } from './pack-schema.ts';

/** The mean of the log-odds, then scaled and shifted so that 0.5 is the point of decision; null without an answer. */
export function genderOf(rawMales: readonly number[], calibration: PackCalibration | null): GenderDistribution | null {
  if (rawMales.length === 0) return null;
  const { scale, offset } = calibration?.gender ?? { scale: 1, offset: 0 };
  const mean = rawMales.reduce((sum, male) => sum + logOdds(male), 0) / rawMales.length;
  const male = 1 / (1 + Math.exp(-(scale * mean + offset)));
  return { female: 1 - male, male };
}

/** The mean of the ages, widened by the temperature; null without an answer. Estimates of different kinds are not mixed. */
export function ageOf(ages: readonly AgeDistribution[], calibration: PackCalibration | null): AgeDistribution | null {
  const temperature = calibration?.age?.temperature ?? 1;
  const normals = ages.flatMap((age) => (age.kind === 'normal' ? [age] : []));
  if (normals.length > 0) {
    const mean = (of: (age: (typeof normals)[number]) => number) =>
      normals.reduce((sum, age) => sum + of(age), 0) / normals.length;
    const meanYears = mean((age) => age.meanYears);
    return { kind: 'normal', meanYears, sdYears: temperature * mean((age) => age.sdYears) };
  }
  const [first, ...others] = ages.flatMap((age) => (age.kind === 'classes' ? [age.classes] : []));
  if (first === undefined) return null;
  const weights = first.map(
    ({ probability }, i) =>
      ((probability + others.reduce((sum, classes) => sum + (classes[i]?.probability ?? 0), 0)) / ages.length) **
      (1 / temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const classes = first.map((one, i) => ({ ...one, probability: (weights[i] ?? 0) / total }));
  return { kind: 'classes', classes };
}

/** No net is sure: 0 and 1 would be infinite. */
const LEAST_PROBABILITY = 1e-4;

function logOdds(probability: number): number {
  const safe = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
  return Math.log(safe / (1 - safe));
}
