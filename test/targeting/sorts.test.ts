// Whoever may come is, to the conditions, like one of the sorts: no viewer has traits that none of them has.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeenViewer } from '../../src/audience/audience-now.ts';
import { isOf, isWho } from '../../src/targeting/judge.ts';
import type { AudienceCondition, Who } from '../../src/targeting/rules.ts';
import { sortsOf, type World } from '../../src/targeting/sorts.ts';
import { viewer, who } from './audience.ts';

const WORLD: World = { ages: ['adult', 'senior'], keptOut: ['child'], hasMinors: true, watcherMs: 1000 };
const oneOf = (whom: Partial<Who>): AudienceCondition => ({
  kind: 'atLeast',
  of: 'attending',
  count: 1,
  who: who(whom),
});

it('are no more than the conditions can tell apart', () => {
  expect(sortsOf([], WORLD)).toHaveLength(2);
  // A minor or not; attending or not; and of those of age, women or not.
  expect(sortsOf([oneOf({ gender: 'female' })], WORLD)).toHaveLength(2 + 4);
});

it('are such as may come: never more attentive than there, and minors without age and gender', () => {
  const conditions = [oneOf({ dwellMs: 3000, attentionRatio: 0.5 }), oneOf({ gender: 'male', ageGroups: ['senior'] })];
  for (const { viewer: one, watcher, mayBeMinor } of sortsOf(conditions, WORLD)) {
    expect(one.attentionMs).toBeLessThanOrEqual(one.dwellMs);
    expect(watcher).toBe(one.attentionMs >= WORLD.watcherMs);
    if (mayBeMinor) expect([one.age, one.gender]).toEqual([null, null]);
  }
});

it('cover everybody', () => {
  const limit = fc.option(fc.integer({ min: 0, max: 5000 }));
  const arbitraryWho = fc.record({
    gender: fc.constantFrom(null, 'female' as const, 'male' as const),
    ageGroups: fc.constantFrom(null, ['adult'], ['adult', 'senior']),
    dwellMs: limit,
    attentionMs: limit,
    attentionRatio: fc.option(fc.constantFrom(0, 0.25, 0.5, 1)),
  });
  const arbitraryViewer = fc
    .record({
      age: fc.constantFrom(null, 'adult', 'senior'),
      gender: fc.constantFrom(null, 'female' as const, 'male' as const),
      dwellMs: fc.integer({ min: 0, max: 12_000 }),
      attentive: fc.double({ min: 0, max: 1, noNaN: true }),
      attending: fc.boolean(),
    })
    .map(({ attentive, ...traits }) => viewer({ ...traits, attentionMs: Math.floor(attentive * traits.dwellMs) }));
  fc.assert(
    fc.property(fc.array(arbitraryWho, { maxLength: 3 }), arbitraryViewer, (whos, comer) => {
      const conditions = whos.map(oneOf);
      const traits = (one: SeenViewer) =>
        conditions.map((condition, index) => [isOf(one, condition.of), isWho(one, whos[index] ?? who())]);
      expect(sortsOf(conditions, WORLD).map(traits)).toContainEqual(traits(comer));
    }),
    { numRuns: 60 },
  );
});
