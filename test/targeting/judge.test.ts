// When a rule holds for an audience, and how it says so.
import { describe, expect, it } from 'vitest';
import type { SeenViewer } from '../../src/audience/audience-now.ts';
import { judge } from '../../src/targeting/judge.ts';
import type { LocalTime } from '../../src/targeting/local-time.ts';
import type { Condition, Crowd } from '../../src/targeting/rules.ts';
import { atLeast, MEN, man, minor, rule, somebody, WOMEN, who, woman } from './audience.ts';

const NOON: LocalTime = { day: 'tue', minute: 720 };
const judged = (when: Condition | readonly Condition[], present: readonly SeenViewer[], time = NOON) =>
  judge(rule('r', when), present, time);
const holds = (when: Condition, present: readonly SeenViewer[], time = NOON) => judged(when, present, time).holds;
const mostly = (marginRatio: number, of: Crowd = 'present'): Condition => ({
  kind: 'mostly',
  of,
  who: WOMEN,
  marginRatio,
});
const ALL_MEN: Condition = { kind: 'all', of: 'present', who: MEN };
const PAIRS: Condition = { kind: 'asManyAs', of: 'present', one: WOMEN, other: MEN };

describe('at least', () => {
  it('counts those who are like this, and nobody whose gender or age is unknown', () => {
    const women = atLeast(2, WOMEN);
    expect(judged(women, [woman(), woman(), man()])).toEqual({
      holds: true,
      reason: 'at least 2 women: 2 of 3 present',
    });
    expect(judged(women, [woman(), somebody(), man()])).toEqual({
      holds: false,
      reason: 'not so: at least 2 women: 1 of 3 present',
    });
    const adults = atLeast(1, who({ ageGroups: ['adult', 'senior'] }));
    expect(holds(adults, [somebody()])).toBe(false);
    expect(holds(adults, [somebody({ age: 'senior' })])).toBe(true);
  });

  it('counts dwell and attention, in time and as a share', () => {
    const long = atLeast(1, who({ dwellMs: 3000, attentionMs: 1000, attentionRatio: 0.5 }));
    expect(holds(long, [somebody({ dwellMs: 3000, attentionMs: 1500 })])).toBe(true);
    expect(holds(long, [somebody({ dwellMs: 2900, attentionMs: 2000 })])).toBe(false);
    expect(holds(long, [somebody({ dwellMs: 3000, attentionMs: 900 })])).toBe(false);
    expect(holds(long, [somebody({ dwellMs: 3000, attentionMs: 1400 })])).toBe(false);
    expect(holds(atLeast(1, who({ attentionRatio: 0 })), [somebody({ dwellMs: 0 })])).toBe(false);
  });

  it('speaks of the attending or the watchers where it says so', () => {
    const present = [woman({ attending: false, watcher: true }), woman({ attending: true, watcher: false }), man()];
    const two = (of: Crowd): Condition => ({ kind: 'atLeast', of, count: 2, who: WOMEN });
    expect((['present', 'attending', 'watchers'] as const).map((of) => holds(two(of), present))).toEqual([
      true,
      false,
      false,
    ]);
    expect(judged(two('attending'), present).reason).toBe('not so: at least 2 women: 1 of 2 attending');
  });
});

describe('all, mostly and as many as', () => {
  it('take the unknown for somebody else', () => {
    expect(holds(ALL_MEN, [man(), man()])).toBe(true);
    expect(holds(ALL_MEN, [man(), somebody()])).toBe(false);
    expect(judged(mostly(0), [woman(), woman(), man()]).reason).toBe('mostly women: 2 of 3 present');
    expect(holds(mostly(0), [woman(), somebody()])).toBe(false);
  });

  it('keep the margin', () => {
    const three = [woman(), woman(), woman(), man(), man()];
    expect([0, 0.2, 0.21].map((margin) => holds(mostly(margin), three))).toEqual([true, true, false]);
  });

  it('want as many of the one as of the other, and most of all to be either', () => {
    expect(judged(PAIRS, [woman(), man()])).toEqual({
      holds: true,
      reason: 'as many women as men: 1 and 1 of 2 present',
    });
    expect(holds(PAIRS, [woman(), man(), somebody()])).toBe(true);
    expect(holds(PAIRS, [woman(), man(), somebody(), somebody()])).toBe(false);
    expect(holds(PAIRS, [woman(), woman(), man()])).toBe(false);
    expect(holds(PAIRS, [somebody(), somebody()])).toBe(false);
  });

  it('say nothing of a crowd without anybody', () => {
    const attending: Condition = { kind: 'all', of: 'attending', who: who() };
    expect(holds(attending, [man({ attending: false })])).toBe(false);
    expect(holds(mostly(0, 'attending'), [woman({ attending: false })])).toBe(false);
  });
});

describe('the time', () => {
  const evening: Condition = { kind: 'between', fromMinute: 17 * 60, toMinute: 19 * 60 + 30 };
  const night: Condition = { kind: 'between', fromMinute: 22 * 60, toMinute: 2 * 60 };
  const at = (hour: number, minute = 0): LocalTime => ({ day: 'tue', minute: hour * 60 + minute });

  it.each([
    [evening, at(17), true],
    [evening, at(19, 29), true],
    [evening, at(19, 30), false],
    [evening, at(16, 59), false],
    [night, at(23), true],
    [night, at(1, 59), true],
    [night, at(2), false],
    [night, at(12), false],
  ])('%j at %j: %s', (condition, time, expected) => {
    expect(holds(condition, [man()], time)).toBe(expected);
  });

  it('knows the days, and counts for nothing while nobody is there', () => {
    const weekend: Condition = { kind: 'days', days: ['sat', 'sun'] };
    expect(holds(weekend, [man()], { day: 'sun', minute: 0 })).toBe(true);
    expect(holds(weekend, [man()])).toBe(false);
    expect(judged(weekend, [], { day: 'sun', minute: 0 })).toEqual({ holds: false, reason: 'nobody is there' });
    expect(judged([evening, weekend], [man()], at(18)).reason).toBe('not so: on sat, sun');
    expect(judged(evening, [man()], at(18)).reason).toBe('between 17:00 and 19:30');
  });
});

describe('who may be a minor', () => {
  it('is no one that is looked for, and still one of the crowd', () => {
    expect(holds(atLeast(2), [man(), minor()])).toBe(false);
    expect(holds(ALL_MEN, [man(), minor()])).toBe(false);
    expect(holds(mostly(0), [woman(), minor()])).toBe(false);
    expect(holds(mostly(0), [woman(), woman(), minor()])).toBe(true);
  });

  it('sets nothing alone, not even by the clock', () => {
    const always: Condition = { kind: 'days', days: ['tue'] };
    expect(judged(always, [minor(), minor()])).toEqual({
      holds: false,
      reason: 'nobody of 2 present is known to be of age',
    });
    expect(holds(always, [minor(), man()])).toBe(true);
  });
});
