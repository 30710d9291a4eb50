// Which trigger is on: order, hysteresis, minimum time, cool-down, and the default whenever nothing is known.
import { describe, expect, it } from 'vitest';
import { decide, noDecisions } from '../../src/targeting/decide.ts';
import { atLeast, course, facts, MEN, man, onAt, rule, somebody, targetingOf, WOMEN, woman } from './audience.ts';

const women = facts([woman()]);
const men = facts([man()]);
const nobody = facts([]);
const perfume = (times = {}) => rule('perfume', atLeast(1, WOMEN), times);
const razor = (times = {}) => rule('razor', atLeast(1, MEN), times);

describe('the order', () => {
  it('lets the first rule that holds win, and the default when none does', () => {
    const targeting = targetingOf([perfume(), razor()]);
    const both = facts([woman(), man()]);
    expect(
      onAt(targeting, [
        [0, nobody],
        [100, men],
        [200, both],
        [300, women],
        [400, facts([somebody()])],
      ]),
    ).toEqual(['brand', 'razor', 'perfume', 'perfume', 'brand']);
  });

  it('tells of every trigger, why, and since when', () => {
    const decided = course(targetingOf([perfume(), razor()]), [
      [0, nobody],
      [100, facts([woman(), man()])],
    ]);
    expect(decided[0]).toEqual([
      { trigger: 'perfume', on: false, reason: 'nobody is there' },
      { trigger: 'razor', on: false, reason: 'nobody is there' },
      { trigger: 'brand', on: true, reason: 'nobody is there' },
    ]);
    expect(decided[1]).toEqual([
      { trigger: 'perfume', on: true, reason: 'at least 1 woman: 1 of 2 present' },
      { trigger: 'razor', on: false, reason: 'perfume is on: at least 1 man: 1 of 2 present' },
      { trigger: 'brand', on: false, reason: 'perfume is on' },
    ]);
  });

  it('may have no default: then nothing is on', () => {
    expect(
      onAt(targetingOf([perfume()], { defaultTrigger: null }), [
        [0, nobody],
        [100, women],
      ]),
    ).toEqual([null, 'perfume']);
  });
});

describe('the times', () => {
  it('wait before a rule comes on, without a break', () => {
    const targeting = targetingOf([perfume({ afterMs: 500 })]);
    expect(
      onAt(targeting, [
        [0, women],
        [400, women],
        [450, nobody],
        [500, women],
        [999, women],
        [1000, women],
      ]),
    ).toEqual(['brand', 'brand', 'brand', 'brand', 'brand', 'perfume']);
    expect(course(targeting, [[0, women]])[0]?.[0]?.reason).toBe(
      'has to hold for 0.5 s: at least 1 woman: 1 of 1 present',
    );
  });

  it('release a rule only when it has failed for long enough', () => {
    const targeting = targetingOf([perfume({ releaseMs: 1000 })]);
    expect(
      onAt(targeting, [
        [0, women],
        [100, nobody],
        [1000, nobody],
        [1050, women],
        [1100, nobody],
        [2100, nobody],
      ]),
    ).toEqual(['perfume', 'perfume', 'perfume', 'perfume', 'perfume', 'brand']);
    expect(
      course(targeting, [
        [0, women],
        [100, nobody],
      ])[1]?.[0]?.reason,
    ).toBe('kept on for a moment; nobody is there');
  });

  it('hold a rule for its minimum time, against a better one, too', () => {
    const targeting = targetingOf([perfume(), razor({ holdMs: 5000 })]);
    const both = facts([woman(), man()]);
    expect(
      onAt(targeting, [
        [0, men],
        [1000, both],
        [4999, nobody],
        [5000, both],
      ]),
    ).toEqual(['razor', 'razor', 'razor', 'perfume']);
  });

  it('keep a rule off while it cools down', () => {
    const targeting = targetingOf([perfume({ coolDownMs: 10_000 }), razor()]);
    const both = facts([woman(), man()]);
    expect(
      onAt(targeting, [
        [0, women],
        [1000, nobody],
        [10_999, both],
        [11_000, both],
      ]),
    ).toEqual(['perfume', 'brand', 'razor', 'perfume']);
    expect(
      course(targeting, [
        [0, women],
        [1000, nobody],
        [2000, women],
      ])[2]?.[0]?.reason,
    ).toBe('was on less than 10 s ago: at least 1 woman: 1 of 1 present');
  });

  it('never go back', () => {
    const targeting = targetingOf([perfume({ afterMs: 500 })]);
    const { state } = decide(noDecisions(targeting, 1000), women, targeting, 200);
    expect(state.at).toBe(1000);
    expect(decide(state, women, targeting, 1500).state.on).toBe('perfume');
  });
});

describe('when nothing is known', () => {
  const targeting = targetingOf([perfume({ holdMs: 60_000, afterMs: 500 })]);
  const started = [
    [0, women],
    [500, women],
  ] as const;
  const unknown = [
    ['health is reconnecting', facts(null, { health: 'reconnecting' })],
    ['health is dark', facts([woman()], { health: 'dark' })],
    ['the newest picture is 3.1 s old', facts([woman()], { ageMs: 3100 })],
    ['no picture has been seen yet', facts([woman()], { ageMs: null })],
  ] as const;

  it.each(unknown)('the default is on at once: %s', (why, now) => {
    const decided = course(targeting, [...started, [600, now]]);
    expect(decided[1]?.[0]).toMatchObject({ trigger: 'perfume', on: true });
    expect(decided[2]).toEqual([
      { trigger: 'perfume', on: false, reason: `nothing is known: ${why}` },
      { trigger: 'brand', on: true, reason: `nothing is known: ${why}` },
    ]);
  });

  it('a rule has to hold anew afterwards', () => {
    expect(onAt(targeting, [...started, [600, unknown[0][1]], [700, women], [1199, women], [1200, women]])).toEqual([
      'brand',
      'perfume',
      'brand',
      'brand',
      'brand',
      'perfume',
    ]);
  });

  it('a picture in doubt brings no rule on, and leaves the one that is on its time', () => {
    const doubtful = targetingOf([perfume({ releaseMs: 1000, afterMs: 500 })]);
    const doubt = facts(null);
    expect(
      onAt(doubtful, [
        [0, women],
        [400, doubt],
        [600, women],
        [1000, women],
      ]),
    ).toEqual(Array(4).fill('brand'));
    expect(onAt(doubtful, [...started, [600, doubt], [1500, doubt], [1600, doubt]])).toEqual([
      'brand',
      'perfume',
      'perfume',
      'perfume',
      'brand',
    ]);
  });
});
