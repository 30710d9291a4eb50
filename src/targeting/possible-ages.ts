// Which age groups a viewer of age may be in while the gate for minors is shut.
import { ADULT_FROM_YEARS, type AgeOptions } from '../audience/age.ts';
import type { MinorsGate } from '../audience/minors.ts';

/**
 * Whoever is in a group of minors has at least the probability of that group to be one: the least that is told of a group, and
 * no less than its even share. The gate lets nobody pass whose probability reaches its limit.
 */
export function possibleAges(
  { groups, minConfidence }: AgeOptions,
  minors: MinorsGate | null,
): Readonly<{ ages: readonly string[]; keptOut: readonly string[] }> {
  const leastProbability = Math.max(minConfidence, 1 / groups.length);
  const isKeptOut = ({ toYears }: AgeOptions['groups'][number]) =>
    minors !== null &&
    minors.limitRatio < 1 &&
    minors.limitRatio <= leastProbability &&
    toYears !== null &&
    toYears < ADULT_FROM_YEARS;
  const names = (kept: boolean) => groups.filter((group) => isKeptOut(group) === kept).map(({ name }) => name);
  return { ages: names(false), keptOut: names(true) };
}
