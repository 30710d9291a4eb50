// One look against all, on answers whose truth is known.
import { expect, it } from 'vitest';
import { judgeFusion, type LookedAt } from './fusion-figures.ts';

it('an error of the first look is outvoted, and every viewer weighs the same', () => {
  const figures = judgeFusion([viewer('male', [0.4, 50], [0.9, 40], [0.9, 40]), viewer('female', [0.1, 40])]);
  expect(figures).toMatchObject({ viewers: 2, looks: 4 });
  expect(figures?.first.genderRight).toBe(0.5);
  expect(figures?.each.genderRight).toBeCloseTo((2 / 3 + 1) / 2, 12);
  expect(figures?.fused.genderRight).toBe(1);
  expect(figures?.first.yearsOff).toBeCloseTo(5, 0);
  expect(figures?.each.yearsOff).toBeCloseTo(10 / 3 / 2, 0);
  expect(figures?.fused.yearsOff).toBeCloseTo(10 / 3 / 2, 0);
});

it('nobody is no figure', () => {
  expect(judgeFusion([])).toBeNull();
});

/** Aged 40. */
function viewer(gender: 'female' | 'male', ...answers: readonly (readonly [male: number, years: number])[]): LookedAt {
  return {
    person: { gender, years: 40 },
    looks: answers.map(([male, meanYears], seq) => ({
      look: {
        ...{ seq, face: 0, at: seq * 500, quality: 1 },
        gender: { female: 1 - male, male },
        age: { kind: 'normal', meanYears, sdYears: 5 },
      },
      pose: { widthPx: 100, yawDegrees: 0 },
    })),
  };
}
