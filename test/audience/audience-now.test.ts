// The audience of this moment: numbers, masses that sum to the people present, and a majority only where there is one.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceNow, viewersNow } from '../../src/audience/audience-now.ts';
import { openStream } from '../../src/audience/observe.ts';
import { OPTIONS, watch } from '../support/measure-audience.ts';
import { film, headerOf, type Person, walkPast } from '../support/walk-past.ts';

const ADULT = { kind: 'normal', meanYears: 45, sdYears: 3 } as const;

describe('now', () => {
  it('is explicit about nobody', () => {
    expect(audienceNow(openStream(null, headerOf(), OPTIONS), OPTIONS)).toEqual({
      present: 0,
      attending: 0,
      watchers: 0,
      longestDwellMs: 0,
      ageGroups: { child: 0, youngAdult: 0, adult: 0, senior: 0, unknown: 0 },
      gender: { female: 0, male: 0, unknown: 0 },
      majorityAgeGroup: null,
      majorityGender: null,
    });
  });

  it('counts the confirmed who are in the newest frame, and who of them looks', () => {
    const now = nowAt(2000, [
      walkPast({ from: 0, until: 5000, track: 1, looksAt: [0, 5000] }),
      walkPast({ from: 0, until: 5000, track: 2 }),
      walkPast({ from: 0, until: 1500, track: 3 }),
      walkPast({ from: 1800, until: 5000, track: 4, looksAt: [0, 5000] }),
    ]);
    expect(now).toMatchObject({ present: 2, attending: 1, watchers: 1, longestDwellMs: 1900 });
  });

  it('lists the viewers it counts', () => {
    const { state } = watched(2000, [walkPast({ from: 0, until: 5000 }), walkPast({ from: 0, until: 900, track: 2 })]);
    expect(viewersNow(state).map(({ id }) => id)).toEqual(['s1-1']);
  });

  it('counts as unknown whose looks have settled nothing', () => {
    const gender = { female: 0.6, male: 0.4 };
    const now = nowAt(2000, [walkPast({ from: 0, until: 5000, classified: [{ at: 500, gender }] })]);
    expect(now).toMatchObject({ gender: { female: 0, male: 0, unknown: 1 }, majorityGender: null });
  });

  it('names the majority with its lead', () => {
    const people = [0.02, 0.02, 0.98].map((male, index) =>
      walkPast({
        from: 0,
        until: 5000,
        track: index + 1,
        classified: [{ at: 500, gender: { female: 1 - male, male }, age: ADULT }],
      }),
    );
    const now = nowAt(2000, people);
    expect(now.majorityGender?.name).toBe('female');
    expect(now.majorityGender?.marginRatio).toBeCloseTo((1.98 - 1.02) / 3, 3);
    expect(now.majorityAgeGroup?.name).toBe('adult');
  });

  it('holds masses that sum to the people present', () => {
    const look = fc.record({
      gender: fc.double({ min: 0, max: 1, noNaN: true }).map((male) => ({ female: 1 - male, male })),
      age: fc.record({
        kind: fc.constant('normal' as const),
        meanYears: fc.integer({ min: 1, max: 90 }),
        sdYears: fc.integer({ min: 1, max: 20 }),
      }),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 5 }), (looks) => {
        const people = looks.map((each, index) =>
          walkPast({ from: 0, until: 5000, track: index + 1, classified: [{ at: 500, ...each }] }),
        );
        const { present, ageGroups, gender } = nowAt(1000, people);
        const massOf = (masses: Readonly<Record<string, number>>) =>
          Object.values(masses).reduce((sum, mass) => sum + mass, 0);
        expect(present).toBe(people.length);
        expect(massOf(ageGroups)).toBeCloseTo(present, 2);
        expect(massOf(gender)).toBeCloseTo(present, 2);
      }),
      { numRuns: 50 },
    );
  });
});

function watched(until: number, people: readonly Person[]) {
  return watch(openStream(null, headerOf(), OPTIONS), film(people, { until }));
}

function nowAt(until: number, people: readonly Person[]) {
  return audienceNow(watched(until, people).state, OPTIONS);
}
