// Tells whether a rule holds for the audience of this moment, with the reason in words.
import type { SeenViewer } from '../audience/audience-now.ts';
import type { LocalTime } from './local-time.ts';
import type { AudienceCondition, Condition, Crowd, Rule, TimeCondition, Who } from './rules.ts';
import { describeCondition } from './words.ts';

export type Verdict = Readonly<{ holds: boolean; reason: string }>;

/**
 * Who may be a minor, and who is not known well enough, matches nobody that is looked for, and is still one of the crowd: he
 * never makes a rule hold, and `all` and `mostly` do not pass over him.
 */
export function judge(rule: Rule, present: readonly SeenViewer[], time: LocalTime): Verdict {
  if (present.length === 0) return { holds: false, reason: 'nobody is there' };
  if (present.every(({ mayBeMinor }) => mayBeMinor)) {
    return { holds: false, reason: `nobody of ${present.length} present is known to be of age` };
  }
  const verdicts = rule.when.map((condition) => judgeCondition(condition, present, time));
  const failed = verdicts.find(({ holds }) => !holds);
  if (failed !== undefined) return { holds: false, reason: `not so: ${failed.reason}` };
  return { holds: true, reason: verdicts.map(({ reason }) => reason).join('; ') };
}

function judgeCondition(condition: Condition, present: readonly SeenViewer[], time: LocalTime): Verdict {
  if (condition.kind === 'between' || condition.kind === 'days') return judgeTime(condition, time);
  const crowd = present.filter((viewer) => isOf(viewer, condition.of));
  return judgeCrowd(condition, crowd);
}

function judgeTime(condition: TimeCondition, time: LocalTime): Verdict {
  return { holds: isTime(condition, time), reason: describeCondition(condition) };
}

export function isTime(condition: TimeCondition, { day, minute }: LocalTime): boolean {
  if (condition.kind === 'days') return condition.days.includes(day);
  const { fromMinute, toMinute } = condition;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

function judgeCrowd(condition: AudienceCondition, crowd: readonly SeenViewer[]): Verdict {
  const all = crowd.length;
  const count = (who: Who) => crowd.filter((viewer) => isWho(viewer, who)).length;
  const tell = (holds: boolean, found: string | number): Verdict => ({
    holds,
    reason: `${describeCondition(condition)}: ${found} of ${all} ${condition.of}`,
  });
  if (condition.kind === 'asManyAs') {
    const { one, other } = condition;
    const [ones, others] = [count(one), count(other)];
    const either = crowd.filter((viewer) => isWho(viewer, one) || isWho(viewer, other)).length;
    // Of two pairs among many who are nobody knows what, nothing can be said.
    return tell(ones > 0 && ones === others && isMost(either, all, 0), `${ones} and ${others}`);
  }
  const found = count(condition.who);
  if (condition.kind === 'atLeast') return tell(found >= condition.count, found);
  if (condition.kind === 'all') return tell(all > 0 && found === all, found);
  return tell(isMost(found, all, condition.marginRatio), found);
}

/** More of them than others, and by a lead of at least the margin, as a share of all. */
function isMost(found: number, all: number, marginRatio: number): boolean {
  const lead = 2 * found - all;
  return lead > 0 && lead >= marginRatio * all - ROUNDING;
}

/** 0.6 · 5 is not quite 3. */
export const ROUNDING = 1e-9;

export function isOf({ attending, watcher }: SeenViewer, crowd: Crowd): boolean {
  return crowd === 'present' || (crowd === 'attending' ? attending : watcher);
}

export function isWho({ viewer, mayBeMinor }: SeenViewer, who: Who): boolean {
  const { gender, age, dwellMs, attentionMs } = viewer;
  if (mayBeMinor) return false;
  if (who.gender !== null && gender?.gender !== who.gender) return false;
  if (who.ageGroups !== null && (age === null || !who.ageGroups.includes(age.group))) return false;
  if (who.dwellMs !== null && dwellMs < who.dwellMs) return false;
  if (who.attentionMs !== null && attentionMs < who.attentionMs) return false;
  return who.attentionRatio === null || (dwellMs > 0 && attentionMs >= who.attentionRatio * dwellMs);
}
