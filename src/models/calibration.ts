// Turns what a classifier says into calibrated probabilities and years.
import type { AgeDistribution, GenderDistribution } from '../observation/observation.ts';
import type { AgeCalibration, GenderCalibration } from './manifest.ts';

/** Shifts the log-odds so that the threshold becomes an even chance. */
export function calibrateGender(rawMale: number, { maleFrom }: GenderCalibration): GenderDistribution {
  // odds(p) / odds(threshold) = p·(1 − t) : (1 − p)·t, which stays finite for p = 0 and 1.
  const male = rawMale * (1 - maleFrom);
  const female = (1 - rawMale) * maleFrom;
  return { female: female / (female + male), male: male / (female + male) };
}

/** The calibrated confidence up to which a gender is not to be trusted. */
export function genderFloor(calibration: GenderCalibration): number {
  const { maleFrom, unknownWithin } = calibration;
  const { female } = calibrateGender(Math.max(0, maleFrom - unknownWithin), calibration);
  const { male } = calibrateGender(Math.min(1, maleFrom + unknownWithin), calibration);
  return Math.max(female, male);
}

/** Takes the probabilities of one class per year, or years as they are; nets squeeze ages towards the middle. */
export function calibrateAge(raw: readonly number[] | number, calibration: AgeCalibration): AgeDistribution {
  const rawYears = typeof raw === 'number' ? raw : expectation(raw) + calibration.firstClassYears;
  return { kind: 'normal', meanYears: interpolate(rawYears, calibration.knots), sdYears: calibration.sdYears };
}

function expectation(probabilities: readonly number[]): number {
  return probabilities.reduce((sum, probability, index) => sum + index * probability, 0);
}

function interpolate(rawYears: number, knots: AgeCalibration['knots']): number {
  const after = knots.findIndex((knot) => knot.rawYears > rawYears);
  const left = knots.at(after === -1 ? -1 : Math.max(0, after - 1));
  const right = knots.at(after);
  if (left === undefined || right === undefined) return rawYears;
  if (right === left) return left.years;
  const share = (rawYears - left.rawYears) / (right.rawYears - left.rawYears);
  return left.years + share * (right.years - left.years);
}
