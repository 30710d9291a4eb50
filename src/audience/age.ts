// Age as a distribution over years: reads what a net said, and describes a distribution by group, median and P(under 18).
import type { AgeDistribution } from '../observation/observation.ts';
import type { AgeEstimate } from './viewer.ts';

/** `toYears` is the last full year of the group, null for the open end. Groups are contiguous from 0. */
export type AgeGroup = Readonly<{ name: string; fromYears: number; toYears: number | null }>;

export type AgeOptions = Readonly<{ groups: readonly AgeGroup[]; minConfidence: number }>;

/** Years 0 to 100, one bin each. */
export const AGE_YEARS = 101;
const YEARS: readonly number[] = Array.from({ length: AGE_YEARS }, (_, year) => year);

export const ADULT_FROM_YEARS = 18;
/** A class that a net excludes still keeps this much, so that one wrong look cannot veto the truth. */
const LEAST_PROBABILITY = 1e-5;

/**
 * What a net said of each year, as natural logarithms, AGE_YEARS long: the evidence, which adds up over looks, and how thin
 * the net's class is spread over its years, which does not: looks would else speak against the wide class of the old.
 */
export type AgeReading = Readonly<{ evidence: readonly number[]; spread: readonly number[] }>;

export function readAge(age: AgeDistribution): AgeReading {
  const spread = YEARS.map(() => 0);
  if (age.kind === 'normal') {
    return { evidence: YEARS.map((year) => -((year + 0.5 - age.meanYears) ** 2) / (2 * age.sdYears ** 2)), spread };
  }
  const evidence = YEARS.map(() => Math.log(LEAST_PROBABILITY));
  for (const { fromYears, toYears, probability } of age.classes) {
    const last = Math.min(toYears, AGE_YEARS - 1);
    for (let year = fromYears; year <= last; year += 1) {
      evidence[year] = Math.log(Math.max(probability, LEAST_PROBABILITY));
      spread[year] = -Math.log(last - fromYears + 1);
    }
  }
  return { evidence, spread };
}

/** The most probable group with its probability, or null below the confidence floor. */
export function describeAge(logProbabilities: readonly number[], options: AgeOptions): AgeEstimate | null {
  const probabilities = normalized(logProbabilities);
  const masses = options.groups.map((group) => ({ group: group.name, probability: massOf(probabilities, group) }));
  const best = masses.reduce((a, b) => (b.probability > a.probability ? b : a));
  if (best.probability < options.minConfidence) return null;
  return { ...best, medianYears: medianOf(probabilities), minorProbability: belowAdult(probabilities) };
}

/** Probability of being under 18. */
export function minorProbability(logProbabilities: readonly number[]): number {
  return belowAdult(normalized(logProbabilities));
}

/** Probability of each group; they sum to 1. */
export function ageGroupMasses(logProbabilities: readonly number[], groups: readonly AgeGroup[]): readonly number[] {
  const probabilities = normalized(logProbabilities);
  return groups.map((group) => massOf(probabilities, group));
}

function normalized(logProbabilities: readonly number[]): readonly number[] {
  const largest = Math.max(...logProbabilities);
  const weights = logProbabilities.map((log) => Math.exp(log - largest));
  const whole = sum(weights);
  return weights.map((weight) => weight / whole);
}

function belowAdult(probabilities: readonly number[]): number {
  return sum(probabilities.slice(0, ADULT_FROM_YEARS));
}

function massOf(probabilities: readonly number[], { fromYears, toYears }: AgeGroup): number {
  return sum(probabilities.slice(fromYears, toYears === null ? undefined : toYears + 1));
}

function medianOf(probabilities: readonly number[]): number {
  let mass = 0;
  const year = probabilities.findIndex((probability) => {
    mass += probability;
    return mass >= 0.5;
  });
  return year === -1 ? AGE_YEARS - 1 : year;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
