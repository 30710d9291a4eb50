// Who may be a minor: what the looks have to say before a viewer is cleared, and how he is told until then.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceNow, seenNow } from '../../src/audience/audience-now.ts';
import { addLook, fuse, NO_LOOKS } from '../../src/audience/fuse.ts';
import { standingOf, upperBound } from '../../src/audience/minors.ts';
import { endStream, observe, openStream } from '../../src/audience/observe.ts';
import type { AudienceOptions } from '../../src/audience/options.ts';
import { lookAt } from '../support/look-at.ts';
import { type Measured, OPTIONS, proceed, total, viewersWhoLeft } from '../support/measure-audience.ts';
import { film, headerOf, type Person, walkPast } from '../support/walk-past.ts';

const GATE = { limitRatio: 0.5 };
const GATED = { ...OPTIONS, minors: GATE };
const aged = (meanYears: number) => ({ kind: 'normal', meanYears, sdYears: 9 }) as const;
const FEMALE = { female: 0.97, male: 0.03 };

describe('the bound of P(under 18)', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const looks = fc.double({ min: 0, max: 5, noNaN: true });

  it('is 1 without a look, never below what is believed, and falls towards it with every look', () => {
    fc.assert(
      fc.property(share, looks, looks, (probability, few, more) => {
        expect(upperBound(probability, 0)).toBe(1);
        expect(upperBound(probability, few)).toBeGreaterThanOrEqual(probability - 1e-12);
        expect(upperBound(probability, few + more)).toBeLessThanOrEqual(upperBound(probability, few) + 1e-12);
      }),
    );
  });
});

describe('standing', () => {
  const standing = (meanYears: number, quality: number, gate: typeof GATE | null = GATE) => {
    const fused = addLook(NO_LOOKS, lookAt({ age: aged(meanYears), quality }), { widthPx: 60, yawDegrees: 0 });
    return standingOf(fused, fuse(fused), gate);
  };

  it('is cleared by one good look at somebody of age, and never by a poor one', () => {
    expect([45, 30, 12, 5].map((years) => standing(years, 1))).toEqual(['cleared', 'cleared', 'minor', 'minor']);
    expect(standing(70, 0.2)).toBe('unjudged');
    expect(standingOf(NO_LOOKS, fuse(NO_LOOKS), GATE)).toBe('unjudged');
  });

  it('is a minor after a poor look, too, when that is what it says', () => {
    const fused = addLook(NO_LOOKS, lookAt({ age: { ...aged(4), sdYears: 1 }, quality: 0.2 }), {
      widthPx: 60,
      yawDegrees: 0,
    });
    expect(standingOf(fused, fuse(fused), GATE)).toBe('minor');
  });

  it('is cleared for everybody where nobody judges', () => {
    expect(standing(5, 1, null)).toBe('cleared');
  });
});

describe('a film', () => {
  const person = (track: number, meanYears: number | null) =>
    walkPast({
      from: 0,
      until: 4000,
      track,
      looksAt: [0, 4000],
      classified: meanYears === null ? [] : [{ at: 1000, age: aged(meanYears), gender: FEMALE }],
    });
  const people = [person(1, 40), person(2, 8), person(3, null)];

  it('tells a minor as under 18 without a gender, and counts him as ever', () => {
    const gated = watched(people, GATED);
    const free = watched(people, OPTIONS);
    const told = viewersWhoLeft(gated.events).map(({ age, gender }) => [age?.group ?? null, gender?.gender ?? null]);
    expect(told).toEqual([
      ['adult', 'female'],
      ['under18', null],
      [null, null],
    ]);
    expect(gated.parts[0]?.cells.map(({ ageGroup, gender }) => `${ageGroup} ${gender}`)).toEqual([
      'adult female',
      'under18 unknown',
      'unknown unknown',
    ]);
    for (const amount of ['personMs', 'attentionMs', 'entered', 'watchers'] as const) {
      expect(total(gated.parts, amount)).toBe(total(free.parts, amount));
    }
    expect(free.parts[0]?.cells.map(({ ageGroup }) => ageGroup)).toContain('child');
  });

  it('counts him under 18 in the state of now, and hands him on as somebody who may be a minor', () => {
    const { state } = watched(people, GATED, 2000);
    const now = audienceNow(state, GATED);
    expect(now).toMatchObject({ present: 3, ageGroups: { under18: 1, unknown: 1 }, gender: { unknown: 2 } });
    expect(seenNow(state, GATED).map(({ mayBeMinor, watcher }) => [mayBeMinor, watcher])).toEqual([
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('clears him when a better look says so, and tells it', () => {
    const classified = [
      { at: 1000, age: aged(14), gender: FEMALE, quality: 0.3 },
      { at: 2000, age: aged(60), gender: FEMALE },
    ];
    const { events } = watched([walkPast({ from: 0, until: 4000, classified })], GATED);
    const groups = events.map(({ kind, viewer }) => [kind, viewer.age?.group ?? null]);
    expect(groups).toEqual([
      ['entered', null],
      ['described', 'under18'],
      ['described', 'adult'],
      ['left', 'adult'],
    ]);
  });

  it('judges nobody where no net answers the age', () => {
    const { state } = watched([person(1, null)], GATED, 2000, false);
    expect(seenNow(state, GATED).map(({ mayBeMinor }) => mayBeMinor)).toEqual([false]);
    expect(audienceNow(state, GATED).ageGroups).not.toHaveProperty('under18');
  });
});

function watched(people: readonly Person[], options: AudienceOptions, until = 8000, classifiesAge = true): Measured {
  let seen: Measured = { state: openStream(null, headerOf({ classifiesAge }), options), events: [], parts: [] };
  for (const observation of film(people, { until })) seen = proceed(seen, observe(seen.state, observation, options));
  return until < 8000 ? seen : proceed(seen, endStream(seen.state, until, options));
}
