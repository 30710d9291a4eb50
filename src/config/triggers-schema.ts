// Defines the section of the configuration about triggers: for which audience which advertisement is to be shown.
import { z } from 'zod';
import { DAYS } from '../targeting/local-time.ts';
import { CROWDS } from '../targeting/rules.ts';
import { clockTimes } from './clock-time.ts';
import { topicLevel } from './leaves.ts';

const seconds = z.number().min(0).max(3600);
const optionalSeconds = seconds.nullable().default(null);
const ratio = z.number().min(0).max(1);
const days = z.array(z.enum(DAYS)).min(1).max(7);

const who = z.strictObject({
  gender: z.enum(['female', 'male']).nullable().default(null).describe('Women or men; null for both.'),
  ageGroups: z
    .array(z.string())
    .min(1)
    .max(12)
    .nullable()
    .default(null)
    .describe('Names of age groups, as in age.groups; null for every age.'),
  dwellSeconds: optionalSeconds.describe('Who has been here for at least this long.'),
  attentionSeconds: optionalSeconds.describe('Who has looked at the screen for at least this long.'),
  attentionRatio: ratio.nullable().default(null).describe('Who has looked at it for at least this share of the time.'),
});

/** A condition is one of these; the other keys go with some of them. */
const WORDS = ['atLeast', 'all', 'mostly', 'asManyAs', 'between', 'days'] as const;

const condition = z
  .strictObject({
    atLeast: z
      .number()
      .int()
      .min(1)
      .max(50)
      .nullable()
      .default(null)
      .describe('So many viewers, or more, are as who says.'),
    who: who.nullable().default(null).describe('Whom atLeast counts; null for everybody.'),
    all: who.nullable().default(null).describe('Every viewer is like this, and there is one.'),
    mostly: who.nullable().default(null).describe('More viewers are like this than not.'),
    marginRatio: ratio
      .nullable()
      .default(null)
      .describe('Least lead of those of mostly over all others, as a share of all: 0.2 is three of five.'),
    asManyAs: z
      .array(who)
      .length(2)
      .nullable()
      .default(null)
      .describe('As many viewers are like the one as like the other, at least one of each, together more than half.'),
    of: z
      .enum(CROWDS)
      .nullable()
      .default(null)
      .describe('Of whom the condition speaks: all who are there (null), who look now, or who have looked for long.'),
    between: clockTimes
      .refine((hours) => new Set(hours.split('-')).size === 2, 'must end at another time than it begins')
      .nullable()
      .default(null)
      .describe('Time of day, such as 17:00-19:30; 22:00-02:00 goes on past midnight.'),
    days: days.nullable().default(null).describe('Days of the week: mon tue wed thu fri sat sun.'),
  })
  .superRefine((keys, context) => {
    const given = WORDS.filter((word) => keys[word] !== null);
    const complain = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (given.length !== 1) {
      const found = given.length === 0 ? 'none of them' : given.join(' and ');
      complain([], `must hold exactly one of ${WORDS.join(', ')}, not ${found}; list conditions one by one`);
      return;
    }
    const [word] = given;
    if (keys.who !== null && word !== 'atLeast') complain(['who'], `goes with atLeast only: write it below ${word}`);
    if (keys.marginRatio !== null && word !== 'mostly') complain(['marginRatio'], 'goes with mostly only');
    if (keys.of !== null && (word === 'between' || word === 'days')) complain(['of'], `does not go with ${word}`);
    const [one, other] = (keys.asManyAs ?? []).map((kind) => JSON.stringify(kind));
    if (one !== undefined && one === other) {
      complain(['asManyAs'], 'must be two different kinds of viewers');
    }
  });

const rule = z.strictObject({
  name: topicLevel.describe('Name of the trigger, the last part of its topic.'),
  when: z.array(condition).min(1).max(16).describe('Conditions, all of which must hold.'),
  afterSeconds: seconds.default(0.5).describe('The rule must hold for this long before the trigger comes on.'),
  releaseSeconds: seconds.default(1).describe('The rule must fail for this long before the trigger goes off.'),
  holdSeconds: seconds.default(0).describe('Once on, the trigger stays on for at least this long.'),
  coolDownSeconds: seconds.default(0).describe('Once off, the trigger stays off for at least this long.'),
});

const minors = z.strictObject({
  gate: z
    .boolean()
    .default(true)
    .describe('Whether viewers who may be under 18 set no trigger and are told as under18, without a gender.'),
  limitRatio: ratio
    .default(0.5)
    .describe(
      'Who is under 18 with at most this probability, at worst, is no minor; docs/triggers.md has the figures.',
    ),
});

export const triggersSchema = z
  .strictObject({
    default: topicLevel
      .nullable()
      .default(null)
      .describe('Trigger that is on when no rule holds, nobody is there or nothing is known; null for none.'),
    rules: z
      .array(rule)
      .min(0)
      .max(50)
      .default([])
      .describe('Rules, the most important first: the first that holds wins.'),
    minors: minors.prefault({}).describe('How minors are kept out.'),
  })
  .superRefine(({ default: name, rules }, context) => {
    rules.forEach((one, index) => {
      const path = ['rules', index, 'name'];
      if (one.name === name) {
        context.addIssue({ code: 'custom', path, message: 'is the name of triggers.default, choose another one' });
      }
      if (rules.findIndex((other) => other.name === one.name) < index) {
        context.addIssue({ code: 'custom', path, message: 'is the name of two rules, choose another one' });
      }
    });
  });

export type TriggerSettings = z.infer<typeof triggersSchema>;
type ConditionSettings = TriggerSettings['rules'][number]['when'][number];
export type WhoSettings = z.infer<typeof who>;

/** Age groups of rules are among those that are configured, each named once. */
export function checkAgesOfRules(
  { triggers, age }: Readonly<{ triggers: TriggerSettings; age: Readonly<{ groups: readonly { name: string }[] }> }>,
  context: z.RefinementCtx,
): void {
  const known = age.groups.map(({ name }) => name);
  triggers.rules.forEach(({ when }, rule) => {
    when.forEach((one, index) => {
      for (const { path, who } of everyWho(one)) {
        who.ageGroups?.forEach((group, place) => {
          const at = ['triggers', 'rules', rule, 'when', index, ...path, 'ageGroups', place];
          const complain = (message: string) => context.addIssue({ code: 'custom', path: at, message });
          if (!known.includes(group)) complain(`must be one of the age groups: ${known.join(', ')}`);
          if (who.ageGroups?.indexOf(group) !== place) complain('is named twice, take one out');
        });
      }
    });
  });
}

/** Where another section is wrong, these are checked all the same. */
export function areTriggersAndAgesWhole({ issues }: Readonly<{ issues: readonly z.core.$ZodRawIssue[] }>): boolean {
  return !issues.some(
    ({ path: [section = null] = [] }) => section === null || section === 'triggers' || section === 'age',
  );
}

function everyWho(
  keys: ConditionSettings,
): readonly Readonly<{ path: readonly (string | number)[]; who: WhoSettings }>[] {
  const { who, all, mostly, asManyAs } = keys;
  return [
    ...Object.entries({ who, all, mostly }).flatMap(([word, one]) =>
      one === null ? [] : [{ path: [word], who: one }],
    ),
    ...(asManyAs ?? []).map((one, index) => ({ path: ['asManyAs', index], who: one })),
  ];
}
