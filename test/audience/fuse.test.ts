// Fusing looks: tempered within a view, added to by another view, and silent about what nobody saw.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLook, type Fused, fuse, NO_LOOKS, type Pose } from '../../src/audience/fuse.ts';
import { describeGender } from '../../src/audience/gender.ts';
import type { Look } from '../../src/observation/observation.ts';
import { leviHassner, lookAt, lookAtGender } from '../support/look-at.ts';
import { OPTIONS } from '../support/measure-audience.ts';

const FRONTAL: Pose = { widthPx: 60, yawDegrees: 0 };
const TURNED: Pose = { widthPx: 60, yawDegrees: 30 };
const NEAR: Pose = { widthPx: 90, yawDegrees: 0 };
const quality = fc.double({ min: 0.05, max: 1, noNaN: true });
const male = fc.double({ min: 0, max: 1, noNaN: true });

describe('looks at one view', () => {
  it('count as one, however many there are', () => {
    expect(maleAfter(2)).toBeCloseTo(maleAfter(1), 9);
    expect(maleAfter(10)).toBeCloseTo(maleAfter(1), 9);
  });

  it('are averaged, and never surprise more than they do one by one', () => {
    fc.assert(
      fc.property(fc.array(male, { minLength: 1, maxLength: 6 }), (said) => {
        const bits = (probability: number) => -Math.log2(probability);
        const alone = said.map((one) => bits(fuse(fusedAt(FRONTAL, [lookAtGender(one)])).gender?.male ?? 0));
        const together = bits(
          fuse(
            fusedAt(
              FRONTAL,
              said.map((one) => lookAtGender(one)),
            ),
          ).gender?.male ?? 0,
        );
        expect(together).toBeLessThanOrEqual(alone.reduce((sum, one) => sum + one, 0) / alone.length + 1e-9);
      }),
    );
  });

  it('weigh by their quality', () => {
    const poor = fusedAt(FRONTAL, [lookAtGender(0.9), lookAtGender(0.1, 0.2)]);
    expect(fuse(poor).gender?.male).toBeGreaterThan(0.8);
  });

  it('say the same in any order', () => {
    const looks = fc.array(fc.tuple(male, quality), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(looks, (pairs) => {
        const made = pairs.map(([probability, weight]) => lookAtGender(probability, weight));
        const forth = fuse(fusedAt(FRONTAL, made)).gender?.male ?? Number.NaN;
        expect(fuse(fusedAt(FRONTAL, made.toReversed())).gender?.male).toBeCloseTo(forth, 9);
      }),
    );
  });
});

describe('another view', () => {
  it.each([
    ['turned', TURNED],
    ['nearer', NEAR],
  ])('(%s) adds what ten more looks at the first do not', (_, pose) => {
    const sure = fusedAt(
      FRONTAL,
      Array.from({ length: 10 }, () => lookAtGender(0.8)),
    );
    const surer = fuse(addLook(sure, lookAtGender(0.8), pose)).gender?.male ?? 0;
    expect(surer).toBeGreaterThan(fuse(sure).gender?.male ?? 1);
  });

  it('adds no more than one look, however often it is looked at', () => {
    const sure = fusedAt(FRONTAL, [lookAtGender(0.8), lookAtGender(0.8), lookAtGender(0.8)]);
    const turned = (looks: number) =>
      fuse(
        Array.from({ length: looks }, () => lookAtGender(0.8)).reduce((so, look) => addLook(so, look, TURNED), sure),
      );
    expect(turned(3).gender?.male).toBeCloseTo(turned(1).gender?.male ?? Number.NaN, 9);
  });
});

describe('a belief', () => {
  it('is null without a look, and without a look that weighs', () => {
    expect(fuse(NO_LOOKS)).toEqual({ age: null, gender: null });
    expect(fuse(fusedAt(FRONTAL, [lookAtGender(0.9, 0)])).gender).toBeNull();
  });

  it('is a probability', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(male, quality), { minLength: 1, maxLength: 10 }), (pairs) => {
        const looks = pairs.map(([probability, weight]) => lookAtGender(probability, weight));
        const gender = fuse(fusedAt(FRONTAL, looks)).gender;
        expect((gender?.female ?? 0) + (gender?.male ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('gender', () => {
  const described = (look: Partial<Look>) => describeGender(fuse(fusedAt(FRONTAL, [lookAt(look)])), OPTIONS.gender);

  it('is unknown below the confidence floor', () => {
    expect(described({ gender: { female: 0.35, male: 0.65 } })).toBeNull();
    expect(described({ gender: { female: 0.25, male: 0.75 } })).toMatchObject({ gender: 'male' });
    expect(described({ gender: { female: 0.75, male: 0.25 } })).toMatchObject({ gender: 'female' });
  });

  it('is not told of children', () => {
    const gender = { female: 0.99, male: 0.01 };
    expect(described({ gender, age: leviHassner({ 1: 0.6, 3: 0.4 }) })).toBeNull();
    expect(described({ gender, age: leviHassner({ 1: 0.4, 3: 0.6 }) })).toMatchObject({ gender: 'female' });
  });
});

function fusedAt(pose: Pose, looks: readonly Look[]): Fused {
  return looks.reduce((fused, look) => addLook(fused, look, pose), NO_LOOKS);
}

function maleAfter(looks: number): number {
  return (
    fuse(
      fusedAt(
        FRONTAL,
        Array.from({ length: looks }, () => lookAtGender(0.7)),
      ),
    ).gender?.male ?? Number.NaN
  );
}
