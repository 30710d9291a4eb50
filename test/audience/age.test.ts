// Ages as distributions: groups, P(under 18), the median, and classes of unequal width.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGE_YEARS, ageGroupMasses, describeAge } from '../../src/audience/age.ts';
import { addLook, fuse, NO_LOOKS } from '../../src/audience/fuse.ts';
import type { AgeDistribution } from '../../src/observation/observation.ts';
import { LEVI_HASSNER, leviHassner, lookAt } from '../support/look-at.ts';
import { OPTIONS } from '../support/measure-audience.ts';

const { age: options } = OPTIONS;
const CERTAIN = { ...options, minConfidence: 0 };

describe('groups', () => {
  it('integrate a distribution and sum to 1', () => {
    const normal = fc.record({
      kind: fc.constant('normal' as const),
      meanYears: fc.double({ min: -5, max: 110, noNaN: true }),
      sdYears: fc.double({ min: 0.5, max: 30, noNaN: true }),
    });
    fc.assert(
      fc.property(normal, (age) => {
        const masses = ageGroupMasses(beliefOf(age), options.groups);
        expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it.each(LEVI_HASSNER.map(({ fromYears, toYears }, index) => [index, fromYears, toYears] as const))(
    'by default do not divide class %i of Levi and Hassner (%i to %i)',
    (index) => {
      const described = describeAge(beliefOf(leviHassner({ [index]: 1 })), CERTAIN);
      expect(described?.probability).toBeGreaterThan(0.998);
    },
  );

  it('are unknown below the confidence floor', () => {
    const torn = beliefOf(leviHassner({ 3: 0.5, 5: 0.5 }));
    expect(describeAge(torn, options)).toBeNull();
    expect(describeAge(torn, CERTAIN)?.probability).toBeCloseTo(0.5, 2);
  });
});

describe('P(under 18)', () => {
  it('divides the class 15 to 20 evenly', () => {
    expect(describeAge(beliefOf(leviHassner({ 3: 1 })), CERTAIN)?.minorProbability).toBeCloseTo(0.5, 2);
  });

  it('is nearly 1 for a child and nearly 0 for a senior', () => {
    expect(describeAge(beliefOf(leviHassner({ 1: 1 })), CERTAIN)?.minorProbability).toBeGreaterThan(0.998);
    expect(describeAge(beliefOf(leviHassner({ 7: 1 })), CERTAIN)?.minorProbability).toBeLessThan(0.002);
  });
});

describe('the median', () => {
  it('is the mean of a normal within the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 85 }), (meanYears) => {
        const age = { kind: 'normal', meanYears: meanYears + 0.5, sdYears: 4 } as const;
        expect(describeAge(beliefOf(age), CERTAIN)?.medianYears).toBe(meanYears);
      }),
    );
  });
});

describe('repeated looks', () => {
  it('do not speak against a class because it is wide', () => {
    const hesitant = leviHassner({ 7: 0.6, 6: 0.4 });
    const once = describeAge(beliefOf(hesitant), CERTAIN);
    const thrice = describeAge(beliefOf(hesitant, 3), CERTAIN);
    expect(once?.group).toBe('senior');
    expect(once?.probability).toBeCloseTo(0.6, 2);
    expect(thrice?.group).toBe('senior');
    expect(thrice?.probability).toBeCloseTo(0.6, 2);
  });

  it('are not vetoed by one that excludes the truth', () => {
    const right = leviHassner({ 4: 0.9, 5: 0.1 });
    const wrong = leviHassner({ 0: 1 });
    const looks = [right, right, wrong].map((age) => lookAt({ age }));
    const belief = looks.reduce((fused, look) => addLook(fused, look, { widthPx: 60, yawDegrees: 0 }), NO_LOOKS);
    const { age } = fuse(belief);
    expect(age && describeAge(age, CERTAIN)?.group).toBe('youngAdult');
  });
});

it('a year is a bin, from 0 to 100', () => {
  expect(beliefOf({ kind: 'normal', meanYears: 30, sdYears: 5 })).toHaveLength(AGE_YEARS);
});

function beliefOf(age: AgeDistribution, looks = 1): readonly number[] {
  const pose = { widthPx: 60, yawDegrees: 0 };
  const fused = Array.from({ length: looks }, () => lookAt({ age })).reduce(
    (so, look) => addLook(so, look, pose),
    NO_LOOKS,
  );
  const belief = fuse(fused).age;
  if (belief === null) throw new Error('the looks say nothing about age');
  return belief;
}
