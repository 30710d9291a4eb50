// The search finds the smallest audience for which conditions hold, or fail, or that there is none.
import { expect, it } from 'vitest';
import { judge } from '../../src/targeting/judge.ts';
import type { AudienceCondition } from '../../src/targeting/rules.ts';
import { claimsAgainst, claimsOf, smallestAudience } from '../../src/targeting/smallest-audience.ts';
import { sortsOf } from '../../src/targeting/sorts.ts';
import { MEN, rule, WOMEN } from './audience.ts';

const WORLD = { ages: ['adult'], keptOut: [], hasMinors: true, watcherMs: 1000 };
const NOON = { day: 'mon', minute: 720 } as const;
const OF = { of: 'present' } as const;

const CONDITIONS: readonly (readonly [number, AudienceCondition])[] = [
  [3, { ...OF, kind: 'atLeast', count: 3, who: WOMEN }],
  [1, { ...OF, kind: 'all', who: WOMEN }],
  [1, { ...OF, kind: 'mostly', who: WOMEN, marginRatio: 0.5 }],
  [2, { ...OF, kind: 'asManyAs', one: WOMEN, other: MEN }],
];

it.each(CONDITIONS)('takes %d to make true: %j', (people, condition) => {
  const search = smallestAudience(claimsOf(condition), sortsOf([condition], WORLD));
  if (search.found !== 'some') throw new Error(search.found);
  expect(search.present).toHaveLength(people);
  expect(judge(rule('one', condition), search.present, NOON).holds).toBe(true);
});

it.each(CONDITIONS)(
  'and it fails for each audience that one of the claims against it finds: %d, %j',
  (_, condition) => {
    const found = claimsAgainst(condition).flatMap((claim) => {
      const search = smallestAudience([claim], sortsOf([condition], WORLD));
      return search.found === 'some' ? [search.present] : [];
    });
    expect(found.length).toBeGreaterThan(0);
    for (const present of found) expect(judge(rule('one', condition), present, NOON).holds).toBe(false);
  },
);

it('makes both true with no more people than it takes', () => {
  const both: readonly AudienceCondition[] = [
    { ...OF, kind: 'mostly', who: WOMEN, marginRatio: 0 },
    { ...OF, kind: 'atLeast', count: 2, who: MEN },
  ];
  const search = smallestAudience(both.flatMap(claimsOf), sortsOf(both, WORLD));
  expect(search.found === 'some' ? search.present.length : search.found).toBe(5);
});

it('proves that what excludes each other is true of nobody', () => {
  const both: readonly AudienceCondition[] = [
    { ...OF, kind: 'all', who: MEN },
    { ...OF, kind: 'atLeast', count: 1, who: WOMEN },
  ];
  expect(smallestAudience(both.flatMap(claimsOf), sortsOf(both, WORLD))).toEqual({ found: 'none' });
});
