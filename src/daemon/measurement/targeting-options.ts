// Turns the configured triggers into what the core decides by.
import { minuteOfDay } from '../../config/clock-time.ts';
import type { TriggerSettings, WhoSettings } from '../../config/triggers-schema.ts';
import type { Condition, Rule, Targeting, Who } from '../../targeting/rules.ts';

type RuleSettings = TriggerSettings['rules'][number];
type ConditionSettings = RuleSettings['when'][number];

export function targetingOptions({ default: name, rules }: TriggerSettings): Omit<Targeting, 'staleAfterMs'> {
  return { rules: rules.map(ruleOf), defaultTrigger: name };
}

function ruleOf({ name, when, afterSeconds, releaseSeconds, holdSeconds, coolDownSeconds }: RuleSettings): Rule {
  return {
    name,
    when: when.flatMap(conditionsOf),
    afterMs: afterSeconds * 1000,
    releaseMs: releaseSeconds * 1000,
    holdMs: holdSeconds * 1000,
    coolDownMs: coolDownSeconds * 1000,
  };
}

/** One, since the schema lets nothing else pass. */
function conditionsOf(keys: ConditionSettings): readonly Condition[] {
  const { atLeast, who, all, mostly, marginRatio, asManyAs, between, days } = keys;
  const of = keys.of ?? 'present';
  const [one, other] = asManyAs ?? [];
  const conditions: Condition[] = [];
  if (atLeast !== null) conditions.push({ kind: 'atLeast', of, count: atLeast, who: whoOf(who) });
  if (all !== null) conditions.push({ kind: 'all', of, who: whoOf(all) });
  if (mostly !== null) conditions.push({ kind: 'mostly', of, who: whoOf(mostly), marginRatio: marginRatio ?? 0 });
  if (one !== undefined && other !== undefined) {
    conditions.push({ kind: 'asManyAs', of, one: whoOf(one), other: whoOf(other) });
  }
  if (between !== null) {
    const [from = '', to = ''] = between.split('-');
    conditions.push({ kind: 'between', fromMinute: minuteOfDay(from), toMinute: minuteOfDay(to) });
  }
  if (days !== null) conditions.push({ kind: 'days', days });
  return conditions;
}

function whoOf(who: WhoSettings | null): Who {
  return {
    gender: who?.gender ?? null,
    ageGroups: who?.ageGroups ?? null,
    dwellMs: milliseconds(who?.dwellSeconds),
    attentionMs: milliseconds(who?.attentionSeconds),
    attentionRatio: who?.attentionRatio ?? null,
  };
}

function milliseconds(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : seconds * 1000;
}
