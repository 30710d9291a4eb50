// Finds rules that can never come on and rules that an earlier one always anticipates; what it finds is proved, not tried.
import type { SeenViewer } from '../audience/audience-now.ts';
import { MINUTE_MS } from '../audience/time-units.ts';
import { isTime, judge } from './judge.ts';
import { DAYS, type LocalTime } from './local-time.ts';
import type { AudienceCondition, Condition, Rule, TimeCondition } from './rules.ts';
import { type Claim, claimsAgainst, claimsOf, type Search, smallestAudience } from './smallest-audience.ts';
import { sortsOf, type World } from './sorts.ts';
import { describeCondition, secondsText } from './words.ts';

export type Example = Readonly<{ present: readonly SeenViewer[]; time: LocalTime }>;

export type Finding = Readonly<{ rule: string }> &
  (
    | Readonly<{
        state: 'ok';
        /** A smallest audience for which it holds, and no earlier one where that was found; null for none found. */
        example: Example | null;
      }>
    | Readonly<{ state: 'never'; reason: string }>
    | Readonly<{ state: 'shadowed'; by: string; reason: string }>
  );

/** A rule with the minutes of the week in which it may hold. */
type Dated = Readonly<{ rule: Rule; crowds: readonly AudienceCondition[]; minutes: ReadonlySet<number> }>;

const DAY_MINUTES = 1440;
const WEEK: readonly LocalTime[] = DAYS.flatMap((day) =>
  Array.from({ length: DAY_MINUTES }, (_, minute) => ({ day, minute })),
);

/** One for each rule, in their order. */
export function checkRules(rules: readonly Rule[], world: World): readonly Finding[] {
  const able: Dated[] = [];
  return rules.map((rule): Finding => {
    const dated = datedOf(rule);
    const search = audienceOf(dated.crowds, [], world);
    const reason = whyNever(dated, search, world);
    if (reason !== null) return { rule: rule.name, state: 'never', reason };
    const earlier = [...able];
    able.push(dated);
    const own = search.found === 'some' ? exampleOf(dated, search.present) : null;
    const examples = own === null ? [] : [own];
    for (const other of earlier) {
      const way = wayPast(other, dated, own, world);
      if (way.found === 'none') return shadowed(rule, other.rule);
      if (way.found === 'some') examples.push(way.example);
    }
    const isFirst = ({ present, time }: Example) => !earlier.some((other) => judge(other.rule, present, time).holds);
    const holding = examples.filter(({ present, time }) => judge(rule, present, time).holds);
    return { rule: rule.name, state: 'ok', example: holding.find(isFirst) ?? holding[0] ?? null };
  });
}

function datedOf(rule: Rule): Dated {
  const times = rule.when.filter(isTimeCondition);
  const minutes = WEEK.flatMap((time, index) => (times.every((condition) => isTime(condition, time)) ? [index] : []));
  return { rule, crowds: rule.when.filter((condition) => !isTimeCondition(condition)), minutes: new Set(minutes) };
}

function isTimeCondition(condition: Condition): condition is TimeCondition {
  return condition.kind === 'between' || condition.kind === 'days';
}

/** For whom these conditions hold, and what else is claimed is true. */
function audienceOf(crowds: readonly AudienceCondition[], claims: readonly Claim[], world: World, others = crowds) {
  return smallestAudience([...crowds.flatMap(claimsOf), ...claims], sortsOf(others, world));
}

function whyNever({ rule, crowds, minutes }: Dated, search: Search, world: World): string | null {
  if (minutes.size === 0) return `there is no such time: ${listed(rule.when.filter(isTimeCondition))}`;
  const longestMs = longestRun(minutes) * MINUTE_MS;
  // Twice: when clocks are set back, an hour is shown again.
  if (rule.afterMs > 2 * longestMs) {
    return `it must hold for ${secondsText(rule.afterMs)}, and its time lasts only ${secondsText(longestMs)}`;
  }
  if (search.found !== 'none') return null;
  const culprits = crowds.reduce<readonly AudienceCondition[]>((left, condition) => {
    const others = left.filter((one) => one !== condition);
    return audienceOf(others, [], world).found === 'none' ? others : left;
  }, crowds);
  const claim =
    culprits.length === 1
      ? `no audience is like this: ${listed(culprits)}`
      : `these exclude each other: ${listed(culprits)}`;
  const { keptOut } = world;
  const isAboutMinors = keptOut.some((age) => JSON.stringify(culprits).includes(JSON.stringify(age)));
  return isAboutMinors ? `${claim} (triggers.minors keeps out everybody of ${keptOut.join(', ')})` : claim;
}

/** How many minutes of the week follow each other at most; the week is a circle. */
function longestRun(minutes: ReadonlySet<number>): number {
  if (minutes.size === WEEK.length) return Number.POSITIVE_INFINITY;
  let longest = 0;
  let run = 0;
  for (let minute = 0; minute < 2 * WEEK.length; minute += 1) {
    run = minutes.has(minute % WEEK.length) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function listed(conditions: readonly Condition[]): string {
  return conditions
    .map((condition) => {
      const text = describeCondition(condition);
      return isTimeCondition(condition) || condition.of === 'present' ? text : `${text} (of the ${condition.of})`;
    })
    .join('; ');
}

function exampleOf({ minutes }: Dated, present: readonly SeenViewer[]): Example | null {
  const time = WEEK[[...minutes][0] ?? -1];
  return time === undefined ? null : { present, time };
}

type Way = Readonly<{ found: 'some'; example: Example }> | Readonly<{ found: 'none' | 'unknown' }>;

/**
 * How the later rule may come on before the earlier one. An earlier rule that takes longer, or that has to cool down, lets the
 * later one have its turn.
 */
function wayPast(earlier: Dated, later: Dated, own: Example | null, world: World): Way {
  if (earlier.rule.coolDownMs > 0 || earlier.rule.afterMs > later.rule.afterMs) return { found: 'unknown' };
  const time = WEEK[[...later.minutes].find((minute) => !earlier.minutes.has(minute)) ?? -1];
  if (time !== undefined) {
    return own === null ? { found: 'unknown' } : { found: 'some', example: { present: own.present, time } };
  }
  const both = [...later.crowds, ...earlier.crowds];
  let way: Way = { found: 'none' };
  for (const claim of earlier.crowds.flatMap(claimsAgainst)) {
    const search = audienceOf(later.crowds, [claim], world, both);
    if (search.found === 'none') continue;
    const example = search.found === 'some' ? exampleOf(later, search.present) : null;
    if (example !== null && !judge(earlier.rule, example.present, example.time).holds)
      return { found: 'some', example };
    way = { found: 'unknown' };
  }
  return way;
}

function shadowed(rule: Rule, by: Rule): Finding {
  const reason = `whenever it holds, ${by.name} holds as well and goes first`;
  return { rule: rule.name, state: 'shadowed', by: by.name, reason };
}
