// What is said about one face: age in years with its group, and gender, each with its probability.
import { type AgeOptions, describeAge } from '../audience/age.ts';
import { addLook, type Belief, type Fused, fuse, NO_LOOKS } from '../audience/fuse.ts';
import { describeGender, type GenderOptions } from '../audience/gender.ts';
import type { Viewer } from '../audience/viewer.ts';
import type { Box, Look } from '../observation/observation.ts';

export type AnswerOptions = Readonly<{ age: AgeOptions; gender: GenderOptions }>;

export type Answer = Readonly<{
  /** The group is null where its probability is below the configured floor. */
  age: Readonly<{ years: number; group: string | null; probability: number; minorProbability: number }> | null;
  /** The answer is null where the net is not sure enough, and for children. */
  gender: Readonly<{ answer: 'female' | 'male' | null; female: number; male: number }> | null;
}>;

export type AnalyzedFace = Readonly<{
  box: Box;
  confidence: number;
  /** Number of the viewer in a film; null in a picture. */
  viewer: number | null;
}> &
  Answer;

/** A viewer of a film, who has left; `viewer` is his number. */
export type AnalyzedViewer = Readonly<{ viewer: number }> &
  Pick<Viewer, 'enteredAt' | 'leftAt' | 'dwellMs' | 'attentionMs' | 'glances'> &
  Answer;

export const NO_ANSWER: Answer = { age: null, gender: null };

/** Of all looks at one face. */
export function answerOf(fused: Fused, options: AnswerOptions): Answer {
  const belief = fuse(fused);
  return { age: ageIn(belief, options.age), gender: genderIn(belief, options.gender) };
}

/** Of the only look at a face; null stands for no classifier. */
export function answerOfOne(look: Pick<Look, 'age' | 'gender'> | null, options: AnswerOptions): Answer {
  if (look === null) return NO_ANSWER;
  // Alone, a look weighs the same wherever it was taken from.
  const fused = addLook(NO_LOOKS, { ...look, seq: 0, face: 0, at: 0, quality: 1 }, { widthPx: 1, yawDegrees: 0 });
  return answerOf(fused, options);
}

function ageIn({ age }: Belief, { groups, minConfidence }: AgeOptions): Answer['age'] {
  const described = age && describeAge(age, { groups, minConfidence: 0 });
  if (described === null) return null;
  const { group, probability, medianYears, minorProbability } = described;
  return { years: medianYears, group: probability < minConfidence ? null : group, probability, minorProbability };
}

function genderIn(belief: Belief, options: GenderOptions): Answer['gender'] {
  return belief.gender && { answer: describeGender(belief, options)?.gender ?? null, ...belief.gender };
}
