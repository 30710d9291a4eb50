// Builds audiences, rules and facts in words, and plays them through the decisions.
import type { SeenViewer } from '../../src/audience/audience-now.ts';
import type { Gender } from '../../src/audience/rollup.ts';
import { type Decision, decide, type Facts, noDecisions } from '../../src/targeting/decide.ts';
import type { Condition, Rule, Targeting, Who } from '../../src/targeting/rules.ts';

type Traits = Readonly<{
  age?: string | null;
  gender?: Gender | null;
  dwellMs?: number;
  attentionMs?: number;
  attending?: boolean;
  watcher?: boolean;
  mayBeMinor?: boolean;
}>;

/** Somebody who has been here for ten seconds and looks at the screen. */
export function viewer({ age = 'adult', gender = null, dwellMs = 10_000, ...traits }: Traits = {}): SeenViewer {
  const { attending = true, attentionMs = attending ? dwellMs : 0, mayBeMinor = false } = traits;
  return {
    viewer: {
      id: 's1-1',
      enteredAt: 0,
      leftAt: null,
      dwellMs,
      attentionMs,
      glances: 1,
      age: age === null ? null : { group: age, probability: 0.9, medianYears: 40, minorProbability: 0.01 },
      gender: gender === null ? null : { gender, probability: 0.9 },
    },
    attending,
    watcher: traits.watcher ?? attentionMs >= 1000,
    mayBeMinor,
  };
}

export const woman = (traits: Traits = {}) => viewer({ gender: 'female', ...traits });
export const man = (traits: Traits = {}) => viewer({ gender: 'male', ...traits });
export const somebody = (traits: Traits = {}) => viewer({ age: null, ...traits });
/** As the gate hands him on. */
export const minor = () => viewer({ age: 'under18', mayBeMinor: true });

export function facts(present: readonly SeenViewer[] | null, changes: Partial<Facts> = {}): Facts {
  return { health: 'ok', ageMs: 50, present, time: { day: 'tue', minute: 12 * 60 }, ...changes };
}

export function who(changes: Partial<Who> = {}): Who {
  return { gender: null, ageGroups: null, dwellMs: null, attentionMs: null, attentionRatio: null, ...changes };
}

export const WOMEN = who({ gender: 'female' });
export const MEN = who({ gender: 'male' });

/** It comes on and goes off at once, unless told otherwise. */
export function rule(name: string, when: Condition | readonly Condition[], times: Partial<Rule> = {}): Rule {
  const conditions = 'kind' in when ? [when] : when;
  return { name, when: conditions, afterMs: 0, releaseMs: 0, holdMs: 0, coolDownMs: 0, ...times };
}

export function atLeast(count: number, whom: Who = who()): Condition {
  return { kind: 'atLeast', of: 'present', count, who: whom };
}

export function targetingOf(rules: readonly Rule[], changes: Partial<Targeting> = {}): Targeting {
  return { rules, defaultTrigger: 'brand', staleAfterMs: 3000, ...changes };
}

/** What is decided at each of these instants. */
export function course(
  targeting: Targeting,
  scenes: readonly (readonly [at: number, facts: Facts])[],
): readonly (readonly Decision[])[] {
  let state = noDecisions(targeting, 0);
  return scenes.map(([at, now]) => {
    const decided = decide(state, now, targeting, at);
    state = decided.state;
    return decided.decisions;
  });
}

export function nameOn(decisions: readonly Decision[]): string | null {
  return decisions.find(({ on }) => on)?.trigger ?? null;
}

/** The trigger that is on at each of these instants. */
export function onAt(
  targeting: Targeting,
  scenes: readonly (readonly [at: number, facts: Facts])[],
): readonly (string | null)[] {
  return course(targeting, scenes).map(nameOn);
}
