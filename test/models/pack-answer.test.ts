// Checks how the answers of several nets become one, and what the calibration does to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOf, genderOf } from '../../src/models/pack-answer.ts';
import type { AgeDistribution } from '../../src/observation/observation.ts';

const CALIBRATION = { measuredOn: 'a test', gender: null, age: null, confusion: null };
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('gender', () => {
  it('is what one net says when nothing is calibrated', () => {
    expect(genderOf([0.7], null)?.male).toBeCloseTo(0.7, 12);
    expect(genderOf([], null)).toBeNull();
  });

  it('is the mean of the log-odds of several', () => {
    // Odds of 4 and 1/4 cancel each other; odds of 4 and 1 give 2.
    expect(genderOf([0.8, 0.2], null)?.male).toBeCloseTo(0.5, 12);
    expect(genderOf([0.8, 0.5], null)?.male).toBeCloseTo(2 / 3, 12);
  });

  it('is scaled and shifted in log-odds', () => {
    const gender = { scale: 1, offset: -Math.log(1.5) };
    // Odds of 0.6 are 1.5, those of 0.75 are 3.
    expect(genderOf([0.6], { ...CALIBRATION, gender })?.male).toBeCloseTo(0.5, 12);
    expect(genderOf([0.75], { ...CALIBRATION, gender })?.male).toBeCloseTo(2 / 3, 12);
    expect(genderOf([0.8], { ...CALIBRATION, gender: { scale: 0.5, offset: 0 } })?.male).toBeCloseTo(2 / 3, 12);
  });

  it('stays a probability, and the order stays', () => {
    fc.assert(
      fc.property(probability, probability, fc.double({ min: -3, max: 3, noNaN: true }), (one, other, offset) => {
        const calibration = { ...CALIBRATION, gender: { scale: 0.8, offset } };
        const [a, b] = [genderOf([one], calibration), genderOf([other], calibration)];
        expect((a?.female ?? 0) + (a?.male ?? 0)).toBeCloseTo(1, 12);
        if (one < other) expect(a?.male).toBeLessThanOrEqual(b?.male ?? 0);
      }),
    );
  });
});

describe('age', () => {
  const normal = (meanYears: number, sdYears: number): AgeDistribution => ({ kind: 'normal', meanYears, sdYears });
  const classes = (...probabilities: number[]): AgeDistribution => ({
    kind: 'classes',
    classes: probabilities.map((p, i) => ({ fromYears: 10 * i, toYears: 10 * i + 9, probability: p })),
  });

  it('is the mean of the normals, widened by the temperature', () => {
    expect(ageOf([normal(20, 6), normal(30, 10)], null)).toEqual(normal(25, 8));
    expect(ageOf([normal(20, 6)], { ...CALIBRATION, age: { temperature: 1.5 } })).toEqual(normal(20, 9));
    expect(ageOf([], null)).toBeNull();
  });

  it('is the mean of the class probabilities, made less sure by the temperature', () => {
    const two = ageOf([classes(0.8, 0.2), classes(0.4, 0.6)], null);
    expect(two?.kind === 'classes' && two.classes.map((one) => one.probability)).toEqual([
      expect.closeTo(0.6, 12),
      expect.closeTo(0.4, 12),
    ]);
    const warm = ageOf([classes(0.8, 0.2)], { ...CALIBRATION, age: { temperature: 2 } });
    // The root of odds of 4 is 2.
    expect(warm?.kind === 'classes' && warm.classes[0]?.probability).toBeCloseTo(2 / 3, 12);
  });
});
