// Puts into words what a condition claims and whom it looks for.
import type { Gender } from '../audience/rollup.ts';
import { clockText } from './local-time.ts';
import type { Condition, Who } from './rules.ts';

/** One, and many. */
const NOUNS: Readonly<Record<Gender | 'any', readonly [string, string]>> = {
  female: ['woman', 'women'],
  male: ['man', 'men'],
  any: ['person', 'people'],
};

/** `at least 2 women`, without the crowd of which it speaks. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'between':
      return `between ${clockText(condition.fromMinute)} and ${clockText(condition.toMinute)}`;
    case 'days':
      return `on ${condition.days.join(', ')}`;
    case 'atLeast':
      return `at least ${condition.count} ${describeWho(condition.who, condition.count)}`;
    case 'all':
      return `all ${describeWho(condition.who)}`;
    case 'mostly':
      return `mostly ${describeWho(condition.who)}`;
    case 'asManyAs':
      return `as many ${describeWho(condition.one)} as ${describeWho(condition.other)}`;
  }
}

/** `women of youngAdult or adult, here for 3 s` */
export function describeWho(who: Who, count = 2): string {
  const { gender, ageGroups, dwellMs, attentionMs, attentionRatio } = who;
  const [one, many] = NOUNS[gender ?? 'any'];
  const noun = count === 1 ? one : many;
  const traits = [
    ...(dwellMs === null ? [] : [`here for ${secondsText(dwellMs)}`]),
    ...(attentionMs === null ? [] : [`attentive for ${secondsText(attentionMs)}`]),
    ...(attentionRatio === null ? [] : [`attentive ${Math.round(attentionRatio * 100)} % of the time`]),
  ];
  const aged = ageGroups === null ? noun : `${noun} of ${ageGroups.join(' or ')}`;
  return [aged, ...traits].join(', ');
}

/** `2.5 s` */
export function secondsText(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
