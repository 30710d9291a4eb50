// Checks the calibration of gender and age.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrateAge, calibrateGender, genderFloor } from '../../src/models/calibration.ts';

const GENDER = { maleFrom: 0.6, unknownWithin: 0.1 };
const AGE = {
  firstClassYears: 1,
  knots: [
    { rawYears: 10, years: 6 },
    { rawYears: 20, years: 9 },
    { rawYears: 25, years: 15 },
  ],
  sdYears: 11,
};
const meanYears = (raw: number | readonly number[]) => {
  const age = calibrateAge(raw, AGE);
  return age.kind === 'normal' ? age.meanYears : null;
};

describe('gender', () => {
  it('is an even chance at the threshold', () => {
    expect(calibrateGender(0.6, GENDER).male).toBeCloseTo(0.5, 12);
  });

  it('is shifted in log-odds', () => {
    // odds of 0.75 are 3, those of 0.6 are 1.5: 3 / 1.5 = 2, which is 2/3.
    expect(calibrateGender(0.75, GENDER).male).toBeCloseTo(2 / 3, 12);
  });

  it('stays a probability, and the order stays', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (one, other) => {
        const [a, b] = [calibrateGender(one, GENDER), calibrateGender(other, GENDER)];
        expect(a.female + a.male).toBeCloseTo(1, 9);
        expect(a.male).toBeGreaterThanOrEqual(0);
        expect(a.female).toBeGreaterThanOrEqual(0);
        if (one < other) expect(a.male).toBeLessThanOrEqual(b.male);
      }),
    );
  });

  it('is not trusted at the edges of the unknown zone', () => {
    const floor = genderFloor(GENDER);
    expect(calibrateGender(0.5, GENDER).female).toBeLessThanOrEqual(floor);
    expect(calibrateGender(0.7, GENDER).male).toBeLessThanOrEqual(floor);
    expect(floor).toBeCloseTo(0.609, 3);
  });
});

describe('age', () => {
  it('is the expectation over the classes, the first being one year', () => {
    const probabilities = Array.from({ length: 100 }, (_, i) => (i === 8 || i === 10 ? 0.5 : 0));
    expect(meanYears(probabilities)).toBeCloseTo(6, 12);
  });

  it('is linear between the knots', () => {
    expect(meanYears(10)).toBe(6);
    expect(meanYears(15)).toBe(7.5);
    expect(meanYears(20)).toBe(9);
    expect(meanYears(22.5)).toBe(12);
  });

  it('stays at the outer knots beyond them', () => {
    expect(meanYears(0)).toBe(6);
    expect(meanYears(25)).toBe(15);
    expect(meanYears(99)).toBe(15);
  });

  it('carries the standard deviation of the calibration', () => {
    expect(calibrateAge(20, AGE)).toEqual({ kind: 'normal', meanYears: 9, sdYears: 11 });
  });
});
