// Rules that contradict themselves or come after one that anticipates them are found, and no rule is accused wrongly.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeenViewer } from '../../src/audience/audience-now.ts';
import { checkRules, type Finding } from '../../src/targeting/conflicts.ts';
import { decide, noDecisions } from '../../src/targeting/decide.ts';
import { judge } from '../../src/targeting/judge.ts';
import type { Condition, Rule, Who } from '../../src/targeting/rules.ts';
import { atLeast, facts, MEN, nameOn, rule, targetingOf, viewer, WOMEN, who } from './audience.ts';

const AGES = ['youngAdult', 'adult'];
const WORLD = { ages: AGES, keptOut: ['child'], hasMinors: true, watcherMs: 1000 };
const all = (whom: Who, of: 'present' | 'watchers' = 'present'): Condition => ({ kind: 'all', of, who: whom });
const mostly = (whom: Who, marginRatio = 0): Condition => ({ kind: 'mostly', of: 'present', who: whom, marginRatio });
const pairs = (one: Who, other: Who): Condition => ({ kind: 'asManyAs', of: 'present', one, other });
const between = (from: number, to: number): Condition => ({
  kind: 'between',
  fromMinute: from * 60,
  toMinute: to * 60,
});
const days = (...on: readonly ('mon' | 'sat')[]): Condition => ({ kind: 'days', days: on });

const found = (...rules: readonly Rule[]) => checkRules(rules, WORLD);
const reasonOf = (finding: Finding | undefined) => (finding?.state === 'never' ? finding.reason : null);

describe('a rule that can never come on', () => {
  it.each<[string, readonly Condition[], string]>([
    ['all men, and a woman', [atLeast(3), all(MEN), atLeast(1, WOMEN)], 'all men; at least 1 woman'],
    ['mostly both', [mostly(WOMEN), mostly(MEN)], 'mostly women; mostly men'],
    ['pairs, and mostly one of them', [pairs(WOMEN, MEN), mostly(MEN)], 'as many women as men; mostly men'],
    ['a minor', [atLeast(1, who({ ageGroups: ['child'] }))], 'triggers.minors keeps out everybody of child'],
    ['hours that never meet', [between(8, 10), between(10, 12)], 'between 08:00 and 10:00; between 10:00 and 12:00'],
    ['days that never meet', [days('mon'), days('sat')], 'on mon; on sat'],
    [
      'watchers who did not watch',
      [all(who({ attentionMs: 2000 })), mostly(who({ attentionMs: 1000, gender: 'male' })), all(WOMEN, 'watchers')],
      'all women (of the watchers)',
    ],
  ])('%s', (_, when, reason) => {
    expect(reasonOf(found(rule('it', when))[0])).toContain(reason);
  });

  it('its time is over before it has held long enough, even on the day on which clocks are set back', () => {
    const brief: Condition = { kind: 'between', fromMinute: 600, toMinute: 610 };
    expect(reasonOf(found(rule('it', brief, { afterMs: 1_200_001 }))[0])).toContain('lasts only 600 s');
    expect(found(rule('it', brief, { afterMs: 1_200_000 }))[0]?.state).toBe('ok');
  });
});

describe('a rule that an earlier one anticipates', () => {
  it.each<[string, Condition | readonly Condition[], Condition | readonly Condition[]]>([
    ['fewer are enough', atLeast(2), atLeast(3, WOMEN)],
    ['most of all are most', mostly(WOMEN), mostly(WOMEN, 0.3)],
    ['all are most', mostly(WOMEN), all(WOMEN)],
    ['a longer stay', atLeast(1, who({ dwellMs: 2000 })), atLeast(1, who({ attentionMs: 3000 }))],
    ['watchers have been here', atLeast(1, who({ dwellMs: 900 })), all(WOMEN, 'watchers')],
    ['hours within hours', [atLeast(1), between(22, 4)], [atLeast(1), between(23, 3)]],
  ])('%s', (_, first, second) => {
    expect(found(rule('first', first), rule('second', second))[1]).toMatchObject({ state: 'shadowed', by: 'first' });
    expect(found(rule('second', second), rule('first', first))[1]?.state).toBe('ok');
  });

  it('has its turn while the earlier one cools down or takes its time', () => {
    const second = rule('second', atLeast(2), { afterMs: 500 });
    const states = [{ coolDownMs: 1 }, { afterMs: 501 }, { afterMs: 500 }].map(
      (times) => found(rule('first', atLeast(1), times), second)[1]?.state,
    );
    expect(states).toEqual(['ok', 'ok', 'shadowed']);
  });
});

it('shows a smallest audience, for which no earlier rule holds', () => {
  const [, second] = found(
    rule('first', atLeast(1, WOMEN)),
    rule('second', [mostly(who({ ageGroups: AGES }), 0.2), atLeast(3)]),
  );
  const example = second?.state === 'ok' ? second.example : null;
  expect(example?.present).toHaveLength(3);
  expect(example?.present.some(({ viewer: { gender } }) => gender?.gender === 'female')).toBe(false);
});

it('large numbers and wide margins are no contradiction', () => {
  const [finding] = found(rule('it', [mostly(MEN, 0.95), atLeast(50), atLeast(1, WOMEN)]));
  const example = finding?.state === 'ok' ? finding.example : null;
  expect(example?.present).toHaveLength(50);
});

const seen: fc.Arbitrary<SeenViewer> = fc
  .record({
    age: fc.constantFrom(null, ...AGES),
    gender: fc.constantFrom(null, 'female' as const, 'male' as const),
    dwellMs: fc.constantFrom(400, 900, 1500, 4000),
    shareRatio: fc.constantFrom(0, 0.4, 0.6, 1),
    attending: fc.boolean(),
    mayBeMinor: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  })
  .map(({ shareRatio, ...traits }) => viewer({ ...traits, attentionMs: shareRatio * traits.dwellMs }));
const limit = fc.option(fc.constantFrom(500, 1000, 2000), { freq: 2 });
const anyWho: fc.Arbitrary<Who> = fc.record({
  gender: fc.constantFrom(null, 'female' as const, 'male' as const),
  ageGroups: fc.option(fc.subarray(AGES, { minLength: 1 }), { freq: 1 }),
  dwellMs: limit,
  attentionMs: limit,
  attentionRatio: fc.option(fc.constantFrom(0.3, 0.5, 0.8), { freq: 1 }),
});
/** Rules about the same few people often have to do with each other. */
const whom = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(who(), WOMEN, MEN, who({ dwellMs: 1000 })) },
  { weight: 1, arbitrary: anyWho },
);
const of = fc.constantFrom('present' as const, 'present' as const, 'attending' as const, 'watchers' as const);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('atLeast' as const), of, count: fc.integer({ min: 1, max: 3 }), who: whom }),
  fc.record({ kind: fc.constant('all' as const), of, who: whom }),
  fc.record({ kind: fc.constant('mostly' as const), of, who: whom, marginRatio: fc.constantFrom(0, 0.2, 0.5, 1) }),
  fc.record({ kind: fc.constant('asManyAs' as const), of, one: whom, other: whom }),
  fc.constantFrom(days('mon'), days('sat'), between(8, 12), between(11, 14)),
);
const rules = fc
  .array(
    fc.record({
      when: fc.oneof(fc.tuple(condition), fc.array(condition, { minLength: 2, maxLength: 3 })),
      afterMs: fc.constantFrom(0, 0, 0, 300),
      coolDownMs: fc.constantFrom(0, 0, 0, 5000),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map(({ when, ...times }, index) => rule(`rule-${index}`, when, times)));
const film = fc.array(
  fc.record({
    present: fc.array(seen, { minLength: 1, maxLength: 4 }),
    day: fc.constantFrom('mon' as const, 'sat' as const),
    minute: fc.constantFrom(9 * 60, 11 * 60, 13 * 60),
    frames: fc.constantFrom(1, 4),
  }),
  { minLength: 40, maxLength: 60 },
);

it('no rule is accused that any audience brings on, and every example holds', () => {
  let accused = 0;
  fc.assert(
    fc.property(rules, film, (list, scenes) => {
      const findings = checkRules(list, WORLD);
      accused += findings.filter(({ state }) => state !== 'ok').length;
      const targeting = targetingOf(list);
      let state = noDecisions(targeting, 0);
      let at = 0;
      const came = new Set<string | null>();
      for (const { present, day, minute, frames } of scenes) {
        for (let frame = 0; frame < frames; frame += 1, at += 100) {
          const decided = decide(state, facts(present, { time: { day, minute } }), targeting, at);
          state = decided.state;
          came.add(nameOn(decided.decisions));
        }
      }
      findings.forEach((finding, index) => {
        if (finding.state !== 'ok') expect(came).not.toContain(finding.rule);
        const one = list[index];
        if (finding.state !== 'ok' || finding.example === null || one === undefined) return;
        expect(judge(one, finding.example.present, finding.example.time).holds).toBe(true);
      });
    }),
    { numRuns: 150 },
  );
  // Else nothing was tried.
  expect(accused).toBeGreaterThan(10);
});
