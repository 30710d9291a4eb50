// Finds the smallest audience for which conditions hold or fail, or proves that there is none: an integer linear program.
import { type Solution, solve } from 'yalps';
import type { SeenViewer } from '../audience/audience-now.ts';
import { isOf, isWho, ROUNDING } from './judge.ts';
import type { AudienceCondition, Who } from './rules.ts';

/** A sum over all viewers, with its bounds; how much each adds depends on his sort alone. */
export type Claim = Readonly<{ weigh: (viewer: SeenViewer) => number; min?: number; max?: number }>;

/** `unknown`: the search was given up. */
export type Search =
  | Readonly<{ found: 'some'; present: readonly SeenViewer[] }>
  | Readonly<{ found: 'none' }>
  | Readonly<{ found: 'unknown' }>;

/** A guess, which bounds the time of a search: one that is given up is told as such and proves nothing. */
const MAX_ITERATIONS = 20_000;

/** Of as many viewers of these sorts as it takes, one of age among them. */
export function smallestAudience(claims: readonly Claim[], sorts: readonly SeenViewer[]): Search {
  const all: readonly Claim[] = [...claims, { weigh: ({ mayBeMinor }) => Number(!mayBeMinor), min: 1 }];
  const solution = solve(
    {
      direction: 'minimize',
      objective: 'people',
      constraints: all.map(({ min, max }, index) => [
        String(index),
        { ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
      ]),
      variables: sorts.map((sort, index) => [
        String(index),
        { people: 1, ...Object.fromEntries(all.map(({ weigh }, claim) => [String(claim), weigh(sort)])) },
      ]),
      integers: true,
    },
    { maxIterations: MAX_ITERATIONS },
  );
  return searchOf(solution, sorts);
}

/** What is true of every audience for which the condition holds, and only of them. */
export function claimsOf(condition: AudienceCondition): readonly Claim[] {
  const { crowd, lead, count } = sumsOf(condition);
  switch (condition.kind) {
    case 'atLeast':
      return [{ weigh: count(condition.who), min: condition.count }];
    case 'all':
      return [
        { weigh: crowd, min: 1 },
        { weigh: (viewer) => crowd(viewer) - count(condition.who)(viewer), max: 0 },
      ];
    case 'mostly':
      return [
        { weigh: lead(condition.who), min: 1 },
        { weigh: lead(condition.who, null, condition.marginRatio), min: -ROUNDING },
      ];
    case 'asManyAs': {
      const { one, other } = condition;
      return [
        { weigh: count(one), min: 1 },
        { weigh: (viewer) => count(one)(viewer) - count(other)(viewer), min: 0, max: 0 },
        { weigh: lead(one, other), min: 1 },
      ];
    }
  }
}

/**
 * One of these is true of every audience for which the condition fails. On the edge of a margin it is true of some for which
 * it holds, too: whoever takes none of them for a proof errs on the safe side.
 */
export function claimsAgainst(condition: AudienceCondition): readonly Claim[] {
  const { crowd, lead, count } = sumsOf(condition);
  switch (condition.kind) {
    case 'atLeast':
      return [{ weigh: count(condition.who), max: condition.count - 1 }];
    case 'all':
      return [
        { weigh: crowd, max: 0 },
        { weigh: (viewer) => crowd(viewer) - count(condition.who)(viewer), min: 1 },
      ];
    case 'mostly':
      return [
        { weigh: lead(condition.who), max: 0 },
        { weigh: lead(condition.who, null, condition.marginRatio), max: 0 },
      ];
    case 'asManyAs': {
      const { one, other } = condition;
      const difference = (viewer: SeenViewer) => count(one)(viewer) - count(other)(viewer);
      return [
        { weigh: count(one), max: 0 },
        { weigh: difference, min: 1 },
        { weigh: difference, max: -1 },
        { weigh: lead(one, other), max: 0 },
      ];
    }
  }
}

function sumsOf({ of }: AudienceCondition) {
  const crowd = (viewer: SeenViewer) => Number(isOf(viewer, of));
  const count = (who: Who) => (viewer: SeenViewer) => crowd(viewer) * Number(isWho(viewer, who));
  /** Those who are the one or the other, less all the rest and the margin, which is a share of all. */
  const lead =
    (one: Who, other: Who | null = null, marginRatio = 0) =>
    (viewer: SeenViewer) => {
      const isEither = isWho(viewer, one) || (other !== null && isWho(viewer, other));
      return crowd(viewer) * ((isEither ? 1 : -1) - marginRatio);
    };
  return { crowd, count, lead };
}

function searchOf({ status, variables }: Solution, sorts: readonly SeenViewer[]): Search {
  if (status === 'infeasible') return { found: 'none' };
  if (status !== 'optimal') return { found: 'unknown' };
  const present = variables.flatMap(([index, people]) => {
    const sort = sorts[Number(index)];
    return sort === undefined ? [] : Array.from({ length: Math.round(people) }, () => sort);
  });
  return { found: 'some', present };
}
