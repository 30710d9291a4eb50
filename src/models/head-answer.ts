// Reads what one classifier says: P(male), and an age as a distribution over years.
import type { AgeDistribution } from '../observation/observation.ts';
import type { AgeHead, GenderHead, Knots } from './net-schema.ts';

/** Raw P(male), 0..1, from the numbers of the head's output; null when they are no answer. */
export function rawMale(values: readonly number[], head: GenderHead): number | null {
  if (head.kind === 'male') return ratioOf(values[0]);
  const female = ratioOf(values[head.female]);
  const male = ratioOf(values[head.male]);
  return female === null || male === null || female + male === 0 ? null : male / (female + male);
}

/** Nets squeeze ages towards the middle: the knots of the manifest stretch them again. */
export function rawAge(values: readonly number[], head: AgeHead): AgeDistribution | null {
  if (values.length === 0 || !values.every(Number.isFinite)) return null;
  if (head.kind === 'classes') {
    if (values.length !== head.classes.length) return null;
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    if (total === 0) return null;
    const classes = head.classes.map((years, i) => ({ ...years, probability: Math.max(0, values[i] ?? 0) / total }));
    return { kind: 'classes', classes };
  }
  const raw = head.kind === 'years' ? yearsOf(values, head) : expectation(values) + head.firstClassYears;
  if (raw === null) return null;
  const meanYears = Math.max(0, head.knots === null ? raw : interpolate(raw, head.knots));
  return { kind: 'normal', meanYears, sdYears: head.sdYears };
}

function ratioOf(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.min(1, Math.max(0, value));
}

function yearsOf(values: readonly number[], { index, factor }: Extract<AgeHead, { kind: 'years' }>): number | null {
  const value = values[index];
  return value === undefined ? null : value * factor;
}

function expectation(probabilities: readonly number[]): number {
  return probabilities.reduce((sum, probability, index) => sum + index * probability, 0);
}

function interpolate(rawYears: number, knots: Knots): number {
  const after = knots.findIndex((knot) => knot.rawYears > rawYears);
  const left = knots.at(after === -1 ? -1 : Math.max(0, after - 1));
  const right = knots.at(after);
  if (left === undefined || right === undefined) return rawYears;
  if (right === left) return left.years;
  const share = (rawYears - left.rawYears) / (right.rawYears - left.rawYears);
  return left.years + share * (right.years - left.years);
}
