// Checks how answers about single pictures are judged.
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { floorFor, judge } from './face-figures.ts';
import { answer, said } from './labelled.ts';

const FLOORS = { gender: 0.7, age: 0.5, groups: configSchema.parse({}).age.groups };
const bracket = (fromYears: number, toYears: number) => ({
  fromYears,
  toYears,
  middleYears: (fromYears + toYears + 1) / 2,
});

describe('gender', () => {
  const answers = [
    answer('female', said(0.1)),
    answer('female', said(0.4)),
    answer('female', null),
    answer('male', said(0.9)),
    answer('male', said(0.2)),
    answer('male', said(0.9), bracket(3, 9)),
  ];
  const { gender } = judge(answers, null, FLOORS);

  it('counts a face that was missed as wrong, and no child', () => {
    expect(gender?.women).toMatchObject({ count: 2, of: 3 });
    expect(gender?.men).toMatchObject({ count: 1, of: 2 });
    expect(gender?.forced.share).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
  });

  it('of the answers given counts those that reach the floor', () => {
    expect(gender?.given).toMatchObject({ count: 3, of: 5 });
    expect(gender?.right).toMatchObject({ count: 2, of: 3 });
    expect(gender?.confusion).toEqual({
      female: { female: 1, male: 0, unknown: 2 },
      male: { female: 1, male: 1, unknown: 0 },
    });
  });

  it('has a floor that leaves as many of the adults an answer as is wanted', () => {
    expect(floorFor(answers, null, 0.6)).toBeCloseTo(0.8, 12);
    expect(floorFor(answers, null, 0.8)).toBeCloseTo(0.6, 12);
  });
});

describe('age', () => {
  const { age } = judge(
    [
      answer('male', said(null, 25), bracket(20, 29)),
      answer('male', said(null, 47), bracket(20, 29)),
      answer('male', said(null, 52), bracket(30, 39)),
      answer('male', null, bracket(40, 49)),
    ],
    null,
    FLOORS,
  );

  it('is off by the distance to the middle of the bracket, over the faces found', () => {
    expect(age?.absoluteErrorYears.mean).toBeCloseTo((0 + 22 + 17) / 3, 12);
    expect(age?.absoluteErrorYears.of).toBe(3);
  });

  it('is judged by groups only where the bracket lies within one', () => {
    expect(age?.group).toMatchObject({ count: 1, of: 2 });
  });

  it('counts classes that overlap the bracket, and their neighbors, over all faces', () => {
    expect(age?.exactClass).toMatchObject({ count: 1, of: 4 });
    expect(age?.classOrNeighbor).toMatchObject({ count: 2, of: 4 });
  });
});

it('says nothing about what no net answered', () => {
  expect(judge([answer('male', said(null))], null, FLOORS)).toMatchObject({ gender: null, age: null });
});
