// Checks how the output of a classifier becomes P(male) and an age.
import { describe, expect, it } from 'vitest';
import { rawAge, rawMale } from '../../src/models/head-answer.ts';
import type { AgeHead } from '../../src/models/net-schema.ts';

const YEARS_CLASSES: AgeHead = {
  kind: 'years-classes',
  output: 'age',
  firstClassYears: 1,
  knots: [
    { rawYears: 10, years: 6 },
    { rawYears: 20, years: 9 },
    { rawYears: 25, years: 15 },
  ],
  sdYears: 11,
};
const YEARS: AgeHead = { ...YEARS_CLASSES, kind: 'years', index: 1, factor: 1 };
const meanYears = (raw: number) => {
  const age = rawAge([0, raw], YEARS);
  return age?.kind === 'normal' ? age.meanYears : null;
};

describe('gender', () => {
  it('is one number, kept within a probability', () => {
    const head = { kind: 'male', output: 'gender' } as const;
    expect(rawMale([0.75], head)).toBe(0.75);
    expect(rawMale([1.0000001], head)).toBe(1);
    expect(rawMale([], head)).toBeNull();
    expect(rawMale([Number.NaN], head)).toBeNull();
  });

  it('is the share of male among two classes, whatever their order', () => {
    const head = { kind: 'classes', output: 'prob', female: 1, male: 0 } as const;
    expect(rawMale([0.6, 0.2], head)).toBeCloseTo(0.75, 12);
    expect(rawMale([0.6], head)).toBeNull();
    expect(rawMale([0, 0], head)).toBeNull();
  });
});

describe('age', () => {
  it('is the expectation over a class per year, the first being one year', () => {
    const probabilities = Array.from({ length: 100 }, (_, i) => (i === 8 || i === 10 ? 0.5 : 0));
    expect(rawAge(probabilities, YEARS_CLASSES)).toEqual({ kind: 'normal', meanYears: 6, sdYears: 11 });
  });

  it('is linear between the knots and stays at the outer ones beyond them', () => {
    expect([10, 15, 20, 22.5].map(meanYears)).toEqual([6, 7.5, 9, 12]);
    expect([0, 25, 99].map(meanYears)).toEqual([6, 15, 15]);
  });

  it('is scaled without knots, and never below 0', () => {
    const head: AgeHead = { kind: 'years', output: 'age', index: 0, factor: 100, knots: null, sdYears: 7 };
    expect(rawAge([0.41], head)).toEqual({ kind: 'normal', meanYears: 41, sdYears: 7 });
    expect(rawAge([-0.02], head)).toMatchObject({ meanYears: 0 });
  });

  it('is a probability for each range of years, which sum to 1', () => {
    const classes = [
      { fromYears: 0, toYears: 2 },
      { fromYears: 4, toYears: 6 },
    ];
    const head: AgeHead = { kind: 'classes', output: 'prob', classes };
    expect(rawAge([0.3, 0.1], head)).toEqual({
      kind: 'classes',
      classes: [
        { fromYears: 0, toYears: 2, probability: expect.closeTo(0.75, 12) },
        { fromYears: 4, toYears: 6, probability: expect.closeTo(0.25, 12) },
      ],
    });
  });

  it('is none where the output has another shape or no numbers', () => {
    const head: AgeHead = { kind: 'classes', output: 'prob', classes: [{ fromYears: 0, toYears: 2 }] };
    expect(rawAge([0.3, 0.1], head)).toBeNull();
    expect(rawAge([0], head)).toBeNull();
    expect(rawAge([], YEARS_CLASSES)).toBeNull();
    expect(rawAge([7], YEARS)).toBeNull();
    expect(rawAge([Number.NaN, Number.NaN], YEARS)).toBeNull();
  });
});
