// Says how a face is marked in a picture: the texts of its label from full to short, and a color that color-blind people can tell.
import type { Box } from '../observation/observation.ts';
import type { AnalyzedFace, Answer } from './answer.ts';
import type { Color } from './pictures.ts';
import type { ReferenceFace } from './reference-face.ts';

/** Lines of a label. */
export type LabelText = readonly string[];

export type Mark = Readonly<{
  box: Box;
  color: Color;
  /** The first that has room is taken. */
  texts: readonly LabelText[];
}>;

/** Of the palette of Okabe and Ito, the two that differ most in brightness from black letters; blue, green, red. */
const ORANGE: Color = [0, 159, 230];
const SKY_BLUE: Color = [233, 180, 86];
const PALE: Color = [225, 225, 225];

const COLORS = { female: ORANGE, male: SKY_BLUE } as const;

/** Faces of one picture are numbered as they are in the report, so that a line of it and a face can be matched. */
export function numbered(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length < 2) return marks;
  return marks.map((mark, index) => ({
    ...mark,
    texts: mark.texts.map(([first, ...others]) => [`${index + 1}. ${first}`, ...others]),
  }));
}

export function markOf({ box, confidence, viewer, age, gender }: AnalyzedFace): Mark {
  const number = viewer === null ? '' : `#${viewer} `;
  const answer = gender?.answer ?? null;
  const color = answer === null ? PALE : COLORS[answer];
  const answers = answerTexts({ age, gender });
  const [first = `face ${percent(confidence)}`, ...others] = answers;
  const full = [number + first, ...others];
  const short = `${number}${answer === null ? '' : `${answer.slice(0, 1).toUpperCase()} `}${age === null ? '' : age.years}`;
  const texts = answers.length === 0 ? [] : [[...full, `face ${percent(confidence)}`]];
  return { box, color, texts: [...texts, full, ...(short === '' ? [] : [[short.trim()]])] };
}

/** Gender and age, as far as there is an answer. */
export function answerTexts({ age, gender }: Answer): readonly string[] {
  const answer = gender?.answer ?? null;
  const genderText = gender && (answer === null ? 'gender unsure' : `${answer} ${percent(gender[answer])}`);
  const ageText =
    age && `${age.years} y, ${age.group === null ? 'group unsure' : `${age.group} ${percent(age.probability)}`}`;
  return [genderText, ageText].flatMap((text) => text ?? []);
}

export function referenceMarkOf({ box, confidence, age, gender }: ReferenceFace): Mark {
  const texts = [gender, age].flatMap((head) =>
    head === null ? [] : [`${head.class} ${percent(Math.max(...head.probabilities))}`],
  );
  const color = gender === null ? PALE : gender.class === 'Female' ? ORANGE : SKY_BLUE;
  const face = `face ${percent(confidence)}`;
  return { box, color, texts: [[...texts, face], texts.length === 0 ? [face] : texts, [gender?.class ?? face]] };
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)}%`;
}
