// Decides which trigger is on: from what is known of the audience now, and from how long rules have held, failed and been on.
import type { HealthWord, SeenViewer } from '../audience/audience-now.ts';
import { judge, type Verdict } from './judge.ts';
import type { LocalTime } from './local-time.ts';
import { type Rule, type Targeting, triggerNames } from './rules.ts';
import { secondsText } from './words.ts';

export type Facts = Readonly<{
  health: HealthWord;
  /** Age of the newest picture that could be counted; null before the first. */
  ageMs: number | null;
  /** Null while the newest picture is in doubt: then no rule holds, and the one that is on gets its time to release. */
  present: readonly SeenViewer[] | null;
  time: LocalTime;
}>;

/** What is decided of one trigger. */
export type Decision = Readonly<{ trigger: string; on: boolean; reason: string }>;

export type TargetingState = Readonly<{
  at: number;
  /** The trigger that is on, the default included; null for none. */
  on: string | null;
  courses: ReadonlyMap<string, Course>;
}>;

/** How it has gone with one trigger; null where it is not so, or has not been yet. */
type Course = Readonly<{
  holdsSince: number | null;
  failsSince: number | null;
  wentOffAt: number | null;
  changedAt: number;
}>;

/** A rule with its course up to now. */
type Runner = Readonly<{ rule: Rule; verdict: Verdict; course: Course }>;

/** Before anything was seen: the default is on. `at` is on the clock of the observations, milliseconds. */
export function noDecisions({ defaultTrigger }: Targeting, at: number): TargetingState {
  return { at, on: defaultTrigger, courses: new Map() };
}

/** The decisions are in the order of the rules, the default last; at most one trigger is on. */
export function decide(
  before: TargetingState,
  facts: Facts,
  targeting: Targeting,
  instant: number,
): Readonly<{ state: TargetingState; decisions: readonly Decision[] }> {
  const at = Math.max(before.at, instant);
  const missing = whatIsMissing(facts, targeting);
  const runners = targeting.rules.map((rule): Runner => {
    const verdict = missing === null ? judgeNow(rule, facts) : { holds: false, reason: missing };
    return { rule, verdict, course: followed(courseOf(before, rule.name), verdict.holds, at) };
  });
  const winner = missing === null ? choose(before.on, runners, at) : null;
  const on = winner?.rule.name ?? targeting.defaultTrigger;
  const reasons = [...runners.map((runner) => reasonOf(runner, on, at)), reasonOfDefault(facts, missing, winner)];
  const courses = new Map<string, Course>();
  const decisions = triggerNames(targeting).map((trigger, index): Decision => {
    // The default comes last and runs by no rule.
    const course = runners[index]?.course ?? courseOf(before, trigger);
    courses.set(trigger, turned(course, trigger === before.on, trigger === on, at));
    return { trigger, on: trigger === on, reason: reasons[index] ?? '' };
  });
  return { state: { at, on, courses }, decisions };
}

/** Why nothing is known of the audience, or null when something is. */
function whatIsMissing({ health, ageMs }: Facts, { staleAfterMs }: Targeting): string | null {
  if (health !== 'ok') return `nothing is known: health is ${health}`;
  if (ageMs === null) return 'nothing is known: no picture has been seen yet';
  return ageMs > staleAfterMs ? `nothing is known: the newest picture is ${secondsText(ageMs)} old` : null;
}

function judgeNow(rule: Rule, { present, time }: Facts): Verdict {
  return present === null ? { holds: false, reason: 'the newest picture is in doubt' } : judge(rule, present, time);
}

function courseOf({ at, courses }: TargetingState, trigger: string): Course {
  return courses.get(trigger) ?? { holdsSince: null, failsSince: null, wentOffAt: null, changedAt: at };
}

function followed({ holdsSince, failsSince, ...course }: Course, holds: boolean, at: number): Course {
  return { ...course, holdsSince: holds ? (holdsSince ?? at) : null, failsSince: holds ? null : (failsSince ?? at) };
}

function turned(course: Course, wasOn: boolean, isOn: boolean, at: number): Course {
  if (wasOn === isOn) return course;
  return { ...course, changedAt: at, wentOffAt: isOn ? course.wentOffAt : at };
}

/** The rule that is on stays until it is released or one before it is ready, and not shorter than its minimum time. */
function choose(wasOn: string | null, runners: readonly Runner[], at: number): Runner | null {
  const index = runners.findIndex(({ rule }) => rule.name === wasOn);
  const current = runners[index];
  if (current === undefined) return runners.find((runner) => isReady(runner, at)) ?? null;
  if (at - current.course.changedAt < current.rule.holdMs) return current;
  const better = runners.slice(0, index).find((runner) => isReady(runner, at));
  if (better !== undefined || !isReleased(current, at)) return better ?? current;
  return runners.find((runner) => isReady(runner, at)) ?? null;
}

function isReady(runner: Runner, at: number): boolean {
  return hasHeld(runner, at) && !isCoolingDown(runner, at);
}

function hasHeld({ rule, course: { holdsSince } }: Runner, at: number): boolean {
  return holdsSince !== null && at - holdsSince >= rule.afterMs;
}

function isCoolingDown({ rule, course: { wentOffAt } }: Runner, at: number): boolean {
  return wentOffAt !== null && at - wentOffAt < rule.coolDownMs;
}

function isReleased({ rule, course: { failsSince } }: Runner, at: number): boolean {
  return failsSince !== null && at - failsSince >= rule.releaseMs;
}

function reasonOf(runner: Runner, on: string | null, at: number): string {
  const { rule, verdict } = runner;
  if (rule.name === on) return verdict.holds ? verdict.reason : `kept on for a moment; ${verdict.reason}`;
  if (!verdict.holds) return verdict.reason;
  if (!hasHeld(runner, at)) return `has to hold for ${secondsText(rule.afterMs)}: ${verdict.reason}`;
  if (isCoolingDown(runner, at)) return `was on less than ${secondsText(rule.coolDownMs)} ago: ${verdict.reason}`;
  return `${on} is on: ${verdict.reason}`;
}

function reasonOfDefault({ present }: Facts, missing: string | null, winner: Runner | null): string {
  if (winner !== null) return `${winner.rule.name} is on`;
  return missing ?? (present?.length === 0 ? 'nobody is there' : 'no rule holds');
}
