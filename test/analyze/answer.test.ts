// What is said about a face: always years, but a group and a gender only where the net is sure enough.
import { expect, it } from 'vitest';
import { answerOfOne } from '../../src/analyze/answer.ts';
import { DEFAULT_AGE_GROUPS } from '../../src/config/age-groups.ts';

const OPTIONS = { age: { groups: DEFAULT_AGE_GROUPS, minConfidence: 0.5 }, gender: { minConfidence: 0.6 } };
const SURE = { kind: 'normal', meanYears: 45, sdYears: 5 } as const;

it('years, group and gender', () => {
  const { age, gender } = answerOfOne({ age: SURE, gender: { female: 0.1, male: 0.9 } }, OPTIONS);
  expect(age).toMatchObject({ years: 44, group: 'adult' });
  expect(age?.probability).toBeGreaterThan(0.95);
  expect(gender?.answer).toBe('male');
  expect(gender?.male).toBeCloseTo(0.9);
});

it('years also where the group is unsure', () => {
  const wide = { kind: 'normal', meanYears: 35, sdYears: 20 } as const;
  const { age, gender } = answerOfOne({ age: wide, gender: { female: 0.55, male: 0.45 } }, OPTIONS);
  expect(age).toMatchObject({ group: null });
  expect(age?.years).toBeGreaterThan(30);
  expect(age?.probability).toBeLessThan(0.5);
  expect(gender).toMatchObject({ answer: null });
});

it('no gender for a child', () => {
  const child = { kind: 'normal', meanYears: 6, sdYears: 2 } as const;
  expect(answerOfOne({ age: child, gender: { female: 0.01, male: 0.99 } }, OPTIONS).gender?.answer).toBeNull();
});

it('nothing without a classifier', () => {
  expect(answerOfOne(null, OPTIONS)).toEqual({ age: null, gender: null });
  expect(answerOfOne({ age: null, gender: null }, OPTIONS)).toEqual({ age: null, gender: null });
});
