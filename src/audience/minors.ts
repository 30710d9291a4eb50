// Judges from the looks at a viewer whether he may be under 18: who may be sets no trigger and is told as such, without a gender.
import type { StreamHeader } from '../observation/observation.ts';
import { describeAge, minorProbability } from './age.ts';
import { ageLooks, type Belief, type Fused } from './fuse.ts';
import type { AgeEstimate } from './viewer.ts';

/** `limitRatio`: from which upper bound of P(under 18) on a viewer may be a minor. */
export type MinorsGate = Readonly<{ limitRatio: number }>;

/** `unjudged`: not seen well enough to be cleared, however old he looks, and nothing says that he is a minor. */
export type Standing = 'cleared' | 'minor' | 'unjudged';

/** The age group of everybody who may be a minor. */
export const UNDER_18 = 'under18';
const MINORS = { groups: [{ name: UNDER_18, fromYears: 0, toYears: 17 }], minConfidence: 0 };

/**
 * The looks at a viewer are weighed against so much of a look that says "under 18". On half A of the labelled faces the bound
 * is then nowhere below the share of minors among those who might pass: docs/decisions/0015-triggers-and-minors.md.
 */
const DOUBT_LOOKS = 0.25;

/** Null where nobody is judged: the gate is off, or no net of the stream answers the age. */
export function gateOf(gate: MinorsGate | null, { classifiesAge }: StreamHeader): MinorsGate | null {
  return classifiesAge ? gate : null;
}

/** `inactive`: it is on, and judges nobody. */
export type GateWord = 'on' | 'off' | 'inactive';

export function gateWord(gate: MinorsGate | null, classifiesAge: boolean): GateWord {
  if (gate === null) return 'off';
  return classifiesAge ? 'on' : 'inactive';
}

export function standingOf(fused: Fused, belief: Belief, gate: MinorsGate | null): Standing {
  if (gate === null) return 'cleared';
  const looks = ageLooks(fused);
  const probability = belief.age === null ? 1 : minorProbability(belief.age);
  if (upperBound(probability, looks) <= gate.limitRatio) return 'cleared';
  if (looks === 0) return 'unjudged';
  const couldBeCleared = upperBound(0, looks) <= gate.limitRatio;
  return couldBeCleared || probability > gate.limitRatio ? 'minor' : 'unjudged';
}

/** What is told of the age of somebody who was not cleared. */
export function foldedAge({ age }: Belief, standing: Standing): AgeEstimate | null {
  return age === null || standing !== 'minor' ? null : describeAge(age, MINORS);
}

/**
 * The upper bound of P(under 18): 1 without a look, and nearer to what is believed with each. It is the upper probability of
 * an imprecise Dirichlet model (Walley, "Inferences from Multinomial Data", 1996) whose weight is that of the doubt.
 */
export function upperBound(probability: number, looks: number): number {
  return (looks * probability + DOUBT_LOOKS) / (looks + DOUBT_LOOKS);
}
