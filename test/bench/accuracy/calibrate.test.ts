// Checks what is fitted: the point of decision, the scale and the temperature.
import { expect, it } from 'vitest';
import { genderOf } from '../../../src/models/pack-answer.ts';
import { calibrate } from './calibrate.ts';
import { answer, said } from './labelled.ts';

it('puts the point of decision between women and men, wherever the net has it', () => {
  const women = [0.2, 0.5, 0.6, 0.65].map((raw) => answer('female', said(raw)));
  const men = [0.75, 0.8, 0.9, 0.99].map((raw) => answer('male', said(raw)));
  const { gender } = calibrate([...women, ...men]);
  const male = (raw: number) =>
    genderOf([raw], { measuredOn: 'a test', gender, age: null, confusion: null })?.male ?? Number.NaN;
  expect(male(0.66)).toBeLessThan(0.5);
  expect(male(0.74)).toBeGreaterThan(0.5);
});

it('is less sure where the net errs while it is sure', () => {
  const faces = (wrong: number) => [
    ...Array.from({ length: 20 }, (_, i) => answer('female', said(i < wrong ? 0.95 : 0.05))),
    ...Array.from({ length: 20 }, (_, i) => answer('male', said(i < wrong ? 0.05 : 0.95))),
  ];
  const [few, many] = [calibrate(faces(1)).gender?.scale ?? 0, calibrate(faces(6)).gender?.scale ?? 9];
  expect(few).toBeGreaterThan(many);
  // 14 of 20 right is what 0.7 means: log-odds of 0.95 times the scale.
  expect(1 / (1 + Math.exp(-many * Math.log(19)))).toBeCloseTo(0.7, 2);
});

it('widens an age that is too sure, and narrows one that is not sure enough', () => {
  const bracket = { fromYears: 30, toYears: 39, middleYears: 35 };
  const off = [10, 60].map((years) => answer('male', said(null, years), bracket));
  const right = [34, 36].map((years) => answer('male', said(null, years), bracket));
  expect(calibrate(off).age?.temperature).toBeGreaterThan(1.5);
  expect(calibrate(right).age?.temperature).toBeLessThan(0.7);
});

it('asks for nothing where nothing was answered, and does not learn gender from children', () => {
  const child = { fromYears: 3, toYears: 9, middleYears: 6.5 };
  expect(calibrate([answer('female', null), answer('male', said(0.9), child)])).toEqual({ gender: null, age: null });
});
