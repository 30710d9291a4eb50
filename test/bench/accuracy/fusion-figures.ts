// Judges what the looks at a viewer say: the first alone, each alone, and all of them fused.
import { describeAge } from '../../../src/audience/age.ts';
import { poseOf } from '../../../src/audience/follow.ts';
import { addLook, type Belief, fuse, NO_LOOKS, type Pose } from '../../../src/audience/fuse.ts';
import { center } from '../../../src/audience/geometry.ts';
import type { Look } from '../../../src/observation/observation.ts';
import { type FilmTruth, type TruePerson, visitAt } from './film-truth.ts';
import type { FilmRun } from './run-film.ts';

/** All the looks at one track, and who that is. */
export type LookedAt = Readonly<{ person: TruePerson; looks: readonly PosedLook[] }>;

type PosedLook = Readonly<{ look: Look; pose: Pose }>;

/** Means over viewers, who weigh the same however often they were looked at. */
export type Judged = Readonly<{
  /** The more probable gender is the true one. */
  genderRight: number;
  /** Bits by which the true gender surprises, a proper score: to be surer is better only where it is right. */
  genderBits: number;
  yearsOff: number;
}>;

export type FusionFigures = Readonly<{ viewers: number; looks: number; first: Judged; each: Judged; fused: Judged }>;

/** One answer that is sure and wrong must not decide the mean. */
const LEAST_PROBABILITY = 1e-3;
const ALL_AGES = { groups: [{ name: 'all', fromYears: 0, toYears: null }], minConfidence: 0 };

/** Of the tracks whose looks the truth can name; a track that changed hands is who it was most often. */
export function lookedAt({ observations, frame }: FilmRun, truth: FilmTruth): readonly LookedAt[] {
  const tracks = new Map<number, { looks: PosedLook[]; people: (TruePerson | null)[] }>();
  for (const { at, faces, looks } of observations) {
    for (const look of looks) {
      const face = faces[look.face];
      if (face === undefined || face.track === null) continue;
      const track = tracks.get(face.track) ?? { looks: [], people: [] };
      const [x, y] = center(face.box);
      track.looks.push({ look, pose: poseOf(face) });
      track.people.push(visitAt(truth, { at, x: x / frame.width, y: y / frame.height })?.person ?? null);
      tracks.set(face.track, track);
    }
  }
  return [...tracks.values()].flatMap(({ looks, people }) => {
    const person = mostFrequent(people);
    return person === null ? [] : [{ person, looks }];
  });
}

/** Null without a viewer. */
export function judgeFusion(viewers: readonly LookedAt[]): FusionFigures | null {
  if (viewers.length === 0) return null;
  const alone = (posed: PosedLook) => belief([posed]);
  return {
    viewers: viewers.length,
    looks: viewers.reduce((sum, { looks }) => sum + looks.length, 0),
    first: meanOver(viewers, ({ person, looks }) => judge(belief(looks.slice(0, 1)), person)),
    each: meanOver(viewers, ({ person, looks }) => meanOver(looks, (posed) => judge(alone(posed), person))),
    fused: meanOver(viewers, ({ person, looks }) => judge(belief(looks), person)),
  };
}

function belief(looks: readonly PosedLook[]): Belief {
  return fuse(looks.reduce((fused, { look, pose }) => addLook(fused, look, pose), NO_LOOKS));
}

function judge({ gender, age }: Belief, person: TruePerson): Judged {
  const guess = (gender?.male ?? 0) > (gender?.female ?? 0) ? 'male' : 'female';
  const described = age === null ? null : describeAge(age, ALL_AGES);
  return {
    genderRight: gender !== null && guess === person.gender ? 1 : 0,
    genderBits: -Math.log2(Math.max(LEAST_PROBABILITY, gender?.[person.gender] ?? 0.5)),
    // The median is a full year, which stands for all of it.
    yearsOff: described === null ? Number.NaN : Math.abs(described.medianYears + 0.5 - person.years),
  };
}

function meanOver<T>(all: readonly T[], judged: (one: T) => Judged): Judged {
  const each = all.map(judged);
  const mean = (of: (one: Judged) => number) => each.reduce((sum, one) => sum + of(one), 0) / each.length;
  return {
    genderRight: mean(({ genderRight }) => genderRight),
    genderBits: mean(({ genderBits }) => genderBits),
    yearsOff: mean(({ yearsOff }) => yearsOff),
  };
}

function mostFrequent<T>(values: readonly T[]): T | null {
  const counted = [...new Set(values)].map((value) => ({
    value,
    count: values.filter((other) => other === value).length,
  }));
  return counted.sort((a, b) => b.count - a.count)[0]?.value ?? null;
}
