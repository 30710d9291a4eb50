// The section about triggers: what may be written, what it becomes, and what is said about rules that contradict themselves.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load.ts';
import { targetingOptions } from '../../src/daemon/measurement/targeting-options.ts';
import { tempFolder } from '../support/temp-folder.ts';

function load(text: string) {
  const path = join(tempFolder(), 'triggers.yaml');
  writeFileSync(path, text);
  return loadConfig(path, { hostname: 'kiosk-7' }).config;
}

function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('no ConfigError was thrown');
}

const ANYBODY = { gender: null, ageGroups: null, dwellMs: null, attentionMs: null, attentionRatio: null };
const rules = (when: string) => `triggers: {rules: [{name: a, when: [${when}]}]}`;

describe('rules', () => {
  it('are none by default, with the gate for minors closed', () => {
    expect(load('').triggers).toEqual({ default: null, rules: [], minors: { gate: true, limitRatio: 0.5 } });
  });

  it('become what the core decides by, in milliseconds and minutes of the day', () => {
    const { triggers } = load(`
triggers:
  default: brand
  rules:
    - name: perfume
      when:
        - { atLeast: 2, of: attending, who: { gender: female, ageGroups: [youngAdult], dwellSeconds: 3 } }
        - { all: { attentionSeconds: 1.5 }, of: watchers }
        - { mostly: { gender: female }, marginRatio: 0.2 }
        - { asManyAs: [{ gender: female }, { attentionRatio: 0.5 }] }
        - { between: '17:00-24:00' }
        - { days: [mon, sat] }
        - { atLeast: 1 }
      afterSeconds: 0.2
      holdSeconds: 5
      coolDownSeconds: 30
`);
    expect(targetingOptions(triggers)).toEqual({
      defaultTrigger: 'brand',
      rules: [
        {
          name: 'perfume',
          when: [
            {
              kind: 'atLeast',
              of: 'attending',
              count: 2,
              who: { ...ANYBODY, gender: 'female', ageGroups: ['youngAdult'], dwellMs: 3000 },
            },
            { kind: 'all', of: 'watchers', who: { ...ANYBODY, attentionMs: 1500 } },
            { kind: 'mostly', of: 'present', who: { ...ANYBODY, gender: 'female' }, marginRatio: 0.2 },
            {
              kind: 'asManyAs',
              of: 'present',
              one: { ...ANYBODY, gender: 'female' },
              other: { ...ANYBODY, attentionRatio: 0.5 },
            },
            { kind: 'between', fromMinute: 1020, toMinute: 1440 },
            { kind: 'days', days: ['mon', 'sat'] },
            { kind: 'atLeast', of: 'present', count: 1, who: ANYBODY },
          ],
          afterMs: 200,
          releaseMs: 1000,
          holdMs: 5000,
          coolDownMs: 30_000,
        },
      ],
    });
  });
});

describe('what is refused', () => {
  const PLACE = 'triggers.rules[0].when[0]';
  const ONE = 'must hold exactly one of atLeast, all, mostly, asManyAs, between, days, not';

  it.each([
    ['{}', `${PLACE}: ${ONE} none of them; list conditions one by one (got {})`],
    [
      '{atLeast: 1, days: [mon]}',
      `${PLACE}: ${ONE} atLeast and days; list conditions one by one (got {"atLeast":1,"days":["mon"]})`,
    ],
    ['{all: {}, who: {}}', `${PLACE}.who: goes with atLeast only: write it below all (got {})`],
    ['{all: {}, marginRatio: 0.1}', `${PLACE}.marginRatio: goes with mostly only (got 0.1)`],
    ['{days: [mon], of: present}', `${PLACE}.of: does not go with days (got "present")`],
    [
      '{asManyAs: [{gender: male}, {gender: male}]}',
      `${PLACE}.asManyAs: must be two different kinds of viewers (got [{"gender":"male"},{"gender":"male"}])`,
    ],
    [
      '{asManyAs: [{gender: male}]}',
      `${PLACE}.asManyAs: must be a list of 2 elements or null (got [{"gender":"male"}])`,
    ],
    ['{atLeast: 0}', `${PLACE}.atLeast: must be a whole number from 1 to 50 or null (got 0)`],
    ['{between: "9-17"}', `${PLACE}.between: must be hours such as 17:00-19:30 (got "9-17")`],
    ['{between: "09:00-09:00"}', `${PLACE}.between: must end at another time than it begins (got "09:00-09:00")`],
    [
      '{all: {sex: male}}',
      `${PLACE}.all.sex: unknown key, known here are gender, ageGroups, dwellSeconds, attentionSeconds, attentionRatio`,
    ],
    ['{all: {gendre: male}}', `${PLACE}.all.gendre: unknown key, did you mean ${PLACE}.all.gender?`],
    ['{all: men}', `${PLACE}.all: must be a map of keys and values (got "men")`],
    [
      '{all: {ageGroups: [teen]}}',
      `${PLACE}.all.ageGroups[0]: must be one of the age groups: child, youngAdult, adult, senior (got "teen")`,
    ],
    [
      '{asManyAs: [{}, {ageGroups: [adult, adult]}]}',
      `${PLACE}.asManyAs[1].ageGroups[1]: is named twice, take one out (got "adult")`,
    ],
  ])('%s', (when, problem) => {
    expect(problemsOf(rules(when))).toEqual([problem]);
  });

  it('is a rule without conditions or a name, and a name that is taken', () => {
    expect(problemsOf('triggers: {rules: [{when: []}]}')).toEqual([
      'triggers.rules[0].name: must be text of at most 64 characters (got nothing)',
      'triggers.rules[0].when: must be a list of 1 to 16 elements (got [])',
    ]);
    const two = '{name: a, when: [{atLeast: 1}]}, {name: a, when: [{atLeast: 2}]}';
    expect(problemsOf(`triggers: {default: a, rules: [${two}]}`)).toEqual([
      'triggers.rules[0].name: is the name of triggers.default, choose another one (got "a")',
      'triggers.rules[1].name: is the name of triggers.default, choose another one (got "a")',
      'triggers.rules[1].name: is the name of two rules, choose another one (got "a")',
    ]);
  });

  it('is told beside what is wrong elsewhere, and never stumbles over it', () => {
    expect(problemsOf(`log: {level: 3}\n${rules('{all: {ageGroups: [teen]}}')}`)).toHaveLength(2);
    expect(problemsOf('triggers: 7')).toEqual(['triggers: must be a map of keys and values (got 7)']);
    expect(problemsOf('age: {groups: 7}\ntriggers: {rules: [{}]}')).toHaveLength(3);
    expect(problemsOf('age: {groups: [{name: under18, fromYears: 0, toYears: null}]}')).toEqual([
      'age.groups[0].name: is the word for viewers who may be minors, choose another one (got "under18")',
    ]);
  });
});
