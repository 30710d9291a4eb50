// Builds looks and the age classes of Levi and Hassner.
import type { AgeDistribution, Look } from '../../src/observation/observation.ts';

/** Levi and Hassner, Age and Gender Classification using Convolutional Neural Networks, 2015: eight classes with gaps. */
export const LEVI_HASSNER = [
  [0, 2],
  [4, 6],
  [8, 12],
  [15, 20],
  [25, 32],
  [38, 43],
  [48, 53],
  [60, 100],
].map(([fromYears = 0, toYears = 0]) => ({ fromYears, toYears }));

/** Probabilities by the index of the class; 0 where nothing is said. */
export function leviHassner(probabilities: Readonly<Record<number, number>>): AgeDistribution {
  return {
    kind: 'classes',
    classes: LEVI_HASSNER.map((years, index) => ({ ...years, probability: probabilities[index] ?? 0 })),
  };
}

export function lookAt(look: Partial<Look>): Look {
  return { seq: 0, face: 0, at: 0, age: null, gender: null, quality: 1, ...look };
}

export function lookAtGender(male: number, quality = 1): Look {
  return lookAt({ gender: { female: 1 - male, male }, quality });
}
