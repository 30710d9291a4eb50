// The gate keeps out the age groups whose every member is a minor with at least the probability that it stops at.
import { expect, it } from 'vitest';
import { possibleAges } from '../../src/targeting/possible-ages.ts';

const GROUPS = [
  { name: 'child', fromYears: 0, toYears: 13 },
  { name: 'youngAdult', fromYears: 14, toYears: 34 },
  { name: 'senior', fromYears: 35, toYears: null },
];

it.each([
  ['is shut', 0.6, { limitRatio: 0.5 }, ['child']],
  ['is shut, and a group is told of less than its limit', 0.4, { limitRatio: 0.5 }, []],
  ['is shut, and the even share of a group is above its limit', 0, { limitRatio: 0.3 }, ['child']],
  ['lets everybody pass', 1, { limitRatio: 1 }, []],
  ['is open', 0.6, null, []],
])('while it %s', (_, minConfidence, gate, keptOut) => {
  const names = GROUPS.map(({ name }) => name).filter((name) => !keptOut.some((out) => out === name));
  expect(possibleAges({ groups: GROUPS, minConfidence }, gate)).toEqual({ ages: names, keptOut });
});
