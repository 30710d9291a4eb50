// What triggers are made of: rules over the audience, first match wins, and the trigger that is on when none matches.
import type { Gender } from '../audience/rollup.ts';
import type { Day } from './local-time.ts';

/** At most one trigger is on at a time; the names are those of the rules, and the default. */
export type Targeting = Readonly<{
  /** The first that holds wins. */
  rules: readonly Rule[];
  /** On when no rule is; null for none. */
  defaultTrigger: string | null;
  /** An older picture says nothing about the audience. */
  staleAfterMs: number;
}>;

export type Rule = Readonly<{
  name: string;
  /** All of them must hold. */
  when: readonly Condition[];
  /** So long it must hold before it comes on. */
  afterMs: number;
  /** So long it must fail before it goes off. */
  releaseMs: number;
  /** So long it stays on at least. */
  holdMs: number;
  /** So long it stays off at least. */
  coolDownMs: number;
}>;

export type Condition = AudienceCondition | TimeCondition;

export type AudienceCondition = Readonly<{ of: Crowd }> &
  (
    | Readonly<{ kind: 'atLeast'; count: number; who: Who }>
    | Readonly<{ kind: 'all'; who: Who }>
    | Readonly<{ kind: 'mostly'; who: Who; marginRatio: number }>
    | Readonly<{ kind: 'asManyAs'; one: Who; other: Who }>
  );

/** Minutes of the day, from 0; an end before the start lies on the next day. */
export type TimeCondition =
  | Readonly<{ kind: 'between'; fromMinute: number; toMinute: number }>
  | Readonly<{ kind: 'days'; days: readonly Day[] }>;

/** Of whom a condition speaks. */
export const CROWDS = ['present', 'attending', 'watchers'] as const;
export type Crowd = (typeof CROWDS)[number];

/** Whom a condition looks for: null is anybody. */
export type Who = Readonly<{
  gender: Gender | null;
  ageGroups: readonly string[] | null;
  dwellMs: number | null;
  attentionMs: number | null;
  /** Least share of the dwell. */
  attentionRatio: number | null;
}>;

/** The names of all triggers: those of the rules in their order, then the default. */
export function triggerNames({
  rules,
  defaultTrigger,
}: Pick<Targeting, 'rules' | 'defaultTrigger'>): readonly string[] {
  return [...rules.map(({ name }) => name), ...(defaultTrigger === null ? [] : [defaultTrigger])];
}
