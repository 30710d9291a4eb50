// The audience of this moment: who is present and attending, as numbers a trigger can be decided on.
import type { PictureFault } from '../observation/fault.ts';
import { ageGroupMasses } from './age.ts';
import type { AudienceState } from './audience-state.ts';
import { type Belief, fuse } from './fuse.ts';
import { gateOf, UNDER_18 } from './minors.ts';
import type { AudienceOptions } from './options.ts';
import type { Subject } from './subject.ts';
import type { Viewer } from './viewer.ts';
import type { Visit } from './visit.ts';

export type AudienceNow = Readonly<{
  present: number;
  attending: number;
  watchers: number;
  longestDwellMs: number;
  /** Expected number of viewers per age group; who may be a minor counts under `under18`, who is not settled under `unknown`. */
  ageGroups: Readonly<Record<string, number>>;
  gender: Readonly<{ female: number; male: number; unknown: number }>;
  /** The class with the largest mass, with its lead over the second as a share of all present; null when unknown leads. */
  majorityAgeGroup: Majority | null;
  majorityGender: Majority | null;
}>;

type Majority = Readonly<{ name: string; marginRatio: number }>;

/** `closed`: outside the opening hours; `ended`: the film or recording is over. */
export type HealthWord = 'starting' | 'ok' | PictureFault | 'reconnecting' | 'closed' | 'ended';

/** A viewer who is present in the newest frame, as far as a trigger may know him. */
export type SeenViewer = Readonly<{ viewer: Viewer; attending: boolean; watcher: boolean; mayBeMinor: boolean }>;

type Present = Subject & Readonly<{ visit: Visit }>;

/** Describes the newest frame. */
export function audienceNow(state: AudienceState, options: AudienceOptions): AudienceNow {
  const present = presentIn(state);
  const viewers = present.map(({ visit }) => visit.viewer);
  const ageGroups = ageMasses(present, state, options);
  const gender = genderMasses(present);
  return {
    present: present.length,
    attending: present.filter(({ presence }) => presence.attending).length,
    watchers: viewers.filter(({ attentionMs }) => attentionMs >= options.watcherMs).length,
    longestDwellMs: Math.max(0, ...viewers.map(({ dwellMs }) => dwellMs)),
    ageGroups,
    gender,
    majorityAgeGroup: majority(ageGroups, present.length),
    majorityGender: majority(gender, present.length),
  };
}

/** The viewers who are present in the newest frame, in order of their tracks. */
export function viewersNow(state: AudienceState): readonly Viewer[] {
  return presentIn(state).map(({ visit }) => visit.viewer);
}

/** The same viewers with what a trigger is decided on. */
export function seenNow(state: AudienceState, { watcherMs }: AudienceOptions): readonly SeenViewer[] {
  return presentIn(state).map(({ presence, visit: { viewer, standing } }) => ({
    viewer,
    attending: presence.attending,
    watcher: viewer.attentionMs >= watcherMs,
    mayBeMinor: standing !== 'cleared',
  }));
}

function presentIn({ subjects }: AudienceState): readonly Present[] {
  return subjects.flatMap((subject) =>
    subject.visit !== null && subject.presence.seen ? [{ ...subject, visit: subject.visit }] : [],
  );
}

function ageMasses(
  present: readonly Present[],
  { header }: AudienceState,
  options: AudienceOptions,
): Record<string, number> {
  const { age } = options;
  const masses: Record<string, number> = {};
  for (const { name } of age.groups) masses[name] = 0;
  if (gateOf(options.minors, header) !== null) masses[UNDER_18] = 0;
  let unknown = 0;
  for (const { visit } of present) {
    if (visit.standing === 'minor') {
      masses[UNDER_18] = (masses[UNDER_18] ?? 0) + 1;
      continue;
    }
    const belief = fuse(visit.fused).age;
    if (visit.viewer.age === null || belief === null) {
      unknown += 1;
      continue;
    }
    const shares = ageGroupMasses(belief, age.groups);
    age.groups.forEach(({ name }, index) => {
      masses[name] = (masses[name] ?? 0) + (shares[index] ?? 0);
    });
  }
  return roundedAll({ ...masses, unknown });
}

function genderMasses(present: readonly Present[]): { female: number; male: number; unknown: number } {
  const settled = present.flatMap(({ visit }): NonNullable<Belief['gender']>[] => {
    const { gender } = fuse(visit.fused);
    return visit.viewer.gender === null || gender === null ? [] : [gender];
  });
  const female = settled.reduce((sum, gender) => sum + gender.female, 0);
  const male = settled.reduce((sum, gender) => sum + gender.male, 0);
  return { female: rounded(female), male: rounded(male), unknown: present.length - settled.length };
}

function majority(masses: Readonly<Record<string, number>>, present: number): Majority | null {
  const ranked = Object.entries(masses).sort(([, a], [, b]) => b - a);
  const [first, second] = ranked;
  if (first === undefined || present === 0 || first[0] === 'unknown') return null;
  const marginRatio = rounded((first[1] - (second?.[1] ?? 0)) / present);
  return marginRatio <= 0 ? null : { name: first[0], marginRatio: Math.min(1, marginRatio) };
}

function roundedAll(masses: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(masses).map(([name, mass]) => [name, rounded(mass)]));
}

function rounded(mass: number): number {
  return Math.round(mass * 1000) / 1000;
}
