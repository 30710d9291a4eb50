// One face of a picture or film with all that is made of it: what is reported, how it is marked, what is counted.
import type { AnalyzedFace, Answer } from './answer.ts';
import { type Mark, markOf, referenceMarkOf } from './mark.ts';
import type { ReferenceFace } from './reference-face.ts';

/** What is counted in the summary; null is unknown. */
export type Person = Readonly<{ gender: 'female' | 'male' | null; group: string | null; years: number | null }>;

export type Found = Readonly<{ face: AnalyzedFace | ReferenceFace; mark: Mark; person: Person }>;

export function foundFace(face: AnalyzedFace): Found {
  return { face, mark: markOf(face), person: personOf(face) };
}

export function personOf({ age, gender }: Answer): Person {
  return { gender: gender?.answer ?? null, group: age?.group ?? null, years: age?.years ?? null };
}

export function foundByReference(face: ReferenceFace): Found {
  const gender = face.gender && (face.gender.class === 'Female' ? ('female' as const) : ('male' as const));
  return { face, mark: referenceMarkOf(face), person: { gender, group: face.age?.class ?? null, years: null } };
}
