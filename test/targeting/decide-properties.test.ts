// What holds for every audience and every set of rules: at most one trigger, no rule without knowledge, every time kept.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HealthWord, SeenViewer } from '../../src/audience/audience-now.ts';
import { type Decision, decide, type Facts, noDecisions } from '../../src/targeting/decide.ts';
import { judge } from '../../src/targeting/judge.ts';
import type { Condition, Rule, Targeting, Who } from '../../src/targeting/rules.ts';
import { facts, minor, nameOn, viewer } from './audience.ts';

const GROUPS = ['youngAdult', 'adult'];
const seen: fc.Arbitrary<SeenViewer> = fc
  .record({
    age: fc.constantFrom(null, ...GROUPS),
    gender: fc.constantFrom(null, 'female' as const, 'male' as const),
    dwellMs: fc.nat(6000),
    attending: fc.boolean(),
    mayBeMinor: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  })
  .map(viewer);
const whom: fc.Arbitrary<Who> = fc.record({
  gender: fc.constantFrom(null, 'female' as const, 'male' as const),
  ageGroups: fc.option(fc.subarray(GROUPS, { minLength: 1 })),
  dwellMs: fc.option(fc.nat(4000)),
  attentionMs: fc.option(fc.nat(4000)),
  attentionRatio: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});
const of = fc.constantFrom('present' as const, 'attending' as const, 'watchers' as const);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('atLeast' as const), of, count: fc.integer({ min: 1, max: 3 }), who: whom }),
  fc.record({ kind: fc.constant('all' as const), of, who: whom }),
  fc.record({
    kind: fc.constant('mostly' as const),
    of,
    who: whom,
    marginRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('asManyAs' as const), of, one: whom, other: whom }),
  fc.record({ kind: fc.constant('days' as const), days: fc.constant(['tue' as const]) }),
);
const time = fc.constantFrom(0, 300, 1000, 2500);
const targeting: fc.Arbitrary<Targeting> = fc
  .record({
    rules: fc.array(
      fc.record({
        when: fc.array(condition, { minLength: 1, maxLength: 2 }),
        afterMs: time,
        releaseMs: time,
        holdMs: time,
        coolDownMs: time,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    defaultTrigger: fc.constantFrom(null, 'brand'),
  })
  .map(({ rules, defaultTrigger }) => ({
    rules: rules.map((one, index) => ({ ...one, name: `rule-${index}` })),
    defaultTrigger,
    staleAfterMs: 3000,
  }));
const health = fc.oneof(
  { weight: 12, arbitrary: fc.constant<HealthWord>('ok') },
  { weight: 1, arbitrary: fc.constantFrom<HealthWord>('dark', 'reconnecting', 'starting') },
);
const ageMs = fc.oneof(
  { weight: 12, arbitrary: fc.constant(50) },
  { weight: 1, arbitrary: fc.constantFrom(null, 3001) },
);
const audience = fc.oneof(
  { weight: 8, arbitrary: fc.array(seen, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
/** Each audience stays for a few frames, so that rules get their time. */
const film = fc
  .array(fc.record({ present: audience, health, ageMs, frames: fc.integer({ min: 1, max: 12 }) }), { maxLength: 25 })
  .map((scenes) =>
    scenes.flatMap(({ present, health: word, ageMs: age, frames }) =>
      Array.from({ length: frames }, () => facts(present, { health: word, ageMs: age })),
    ),
  );

const PERIOD_MS = 150;
type Frame = Readonly<{ at: number; now: Facts; decisions: readonly Decision[] }>;

function play(rules: Targeting, scenes: readonly Facts[]): readonly Frame[] {
  let state = noDecisions(rules, 0);
  return scenes.map((now, index) => {
    const at = index * PERIOD_MS;
    const decided = decide(state, now, rules, at);
    state = decided.state;
    return { at, now, decisions: decided.decisions };
  });
}

const isKnown = ({ now }: Frame) => now.health === 'ok' && now.ageMs !== null && now.ageMs <= 3000;
const holdsIn = (rule: Rule, frame: Frame) =>
  isKnown(frame) && frame.now.present !== null && judge(rule, frame.now.present, frame.now.time).holds;

/** Since when, up to the last of these frames, every one has been so. */
function since(frames: readonly Frame[], isSo: (frame: Frame) => boolean): number {
  const broken = frames.findLastIndex((frame) => !isSo(frame));
  return frames[broken + 1]?.at ?? Number.POSITIVE_INFINITY;
}

it('at most one is on, the default whenever nothing is known, and the same comes of the same', () => {
  fc.assert(
    fc.property(targeting, film, (rules, scenes) => {
      const frames = play(rules, scenes);
      expect(play(rules, scenes)).toEqual(frames);
      for (const frame of frames) {
        const on = frame.decisions.filter((decision) => decision.on).map(({ trigger }) => trigger);
        expect(on.length).toBeLessThanOrEqual(1);
        if (rules.defaultTrigger !== null) expect(on).toHaveLength(1);
        if (!isKnown(frame)) expect(on).toEqual(rules.defaultTrigger === null ? [] : [rules.defaultTrigger]);
      }
    }),
  );
});

it('a rule comes on only when it holds, has held for its time and has cooled down', () => {
  fc.assert(
    fc.property(targeting, film, (rules, scenes) => {
      const frames = play(rules, scenes);
      for (const rule of rules.rules) {
        frames.forEach((frame, index) => {
          const wasOn = nameOn(frames[index - 1]?.decisions ?? []) === rule.name;
          if (wasOn || nameOn(frame.decisions) !== rule.name) return;
          const until = frames.slice(0, index + 1);
          expect(frame.at - since(until, (one) => holdsIn(rule, one))).toBeGreaterThanOrEqual(rule.afterMs);
          const lastOn = frames.slice(0, index).findLast(({ decisions }) => nameOn(decisions) === rule.name);
          if (lastOn === undefined) return;
          expect(frame.at - (lastOn.at + PERIOD_MS)).toBeGreaterThanOrEqual(rule.coolDownMs);
        });
      }
    }),
  );
});

it('while something is known, a rule goes off only after its minimum time, failed for its time or for a better one', () => {
  fc.assert(
    fc.property(targeting, film, (rules, scenes) => {
      const frames = play(rules, scenes);
      frames.forEach((frame, index) => {
        const was = nameOn(frames[index - 1]?.decisions ?? []);
        const now = nameOn(frame.decisions);
        const rule = rules.rules.find(({ name }) => name === was);
        if (rule === undefined || now === was || !isKnown(frame)) return;
        const before = frames.slice(0, index);
        expect(frame.at - since(before, ({ decisions }) => nameOn(decisions) === was)).toBeGreaterThanOrEqual(
          rule.holdMs,
        );
        const order = rules.rules.map(({ name }) => name);
        if (now !== null && order.indexOf(now) >= 0 && order.indexOf(now) < order.indexOf(rule.name)) return;
        const failing = since(frames.slice(0, index + 1), (one) => !holdsIn(rule, one));
        expect(frame.at - failing).toBeGreaterThanOrEqual(rule.releaseMs);
      });
    }),
  );
});

it('one more who may be a minor makes no rule hold', () => {
  const rule = fc.array(condition, { minLength: 1, maxLength: 2 }).map((when) => ({ ...NO_TIMES, when }));
  fc.assert(
    fc.property(rule, fc.array(seen, { maxLength: 5 }), (one, present) => {
      const { holds } = judge(one, present, facts([]).time);
      expect(judge(one, [...present, minor()], facts([]).time).holds && !holds).toBe(false);
    }),
  );
});

it('people of whom neither gender nor age is known set no rule about them', () => {
  const about = whom.filter(({ gender, ageGroups }) => gender !== null || ageGroups !== null);
  const kinds = about.map((who): Condition[] => [
    { kind: 'atLeast', of: 'present', count: 1, who },
    { kind: 'all', of: 'present', who },
    { kind: 'mostly', of: 'present', who, marginRatio: 0 },
    { kind: 'asManyAs', of: 'present', one: who, other: who },
  ]);
  fc.assert(
    fc.property(kinds, fc.array(fc.nat(6000), { maxLength: 4 }), (conditions, dwells) => {
      const present = dwells.map((dwellMs) => viewer({ age: null, gender: null, dwellMs }));
      for (const one of conditions) {
        expect(judge({ ...NO_TIMES, when: [one] }, present, facts([]).time).holds).toBe(false);
      }
    }),
  );
});

const NO_TIMES = { name: 'r', afterMs: 0, releaseMs: 0, holdMs: 0, coolDownMs: 0 };
