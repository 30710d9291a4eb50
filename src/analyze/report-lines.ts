// The results as text: JSON lines, rows of CSV, and lines for people.
import type { Box } from '../observation/observation.ts';
import type { AnalyzedFace, AnalyzedViewer } from './answer.ts';
import type { Found } from './found.ts';
import { answerTexts } from './mark.ts';
import type { ReferenceFace } from './reference-face.ts';

/** Where faces were found: a picture, or one frame of a film. */
export type Place = Readonly<{ file: string; atMs: number | null; width: number; height: number }>;

export function jsonLine({ file, atMs, width, height }: Place, found: readonly Found[]): string {
  const faces = found.map(({ face }) => faceJson(face));
  return JSON.stringify(atMs === null ? { file, faces } : { file, atMs, width, height, faces });
}

export function viewerJsonLine(file: string, seen: AnalyzedViewer): string {
  const { viewer, enteredAt, leftAt, dwellMs, attentionMs, glances, age, gender } = seen;
  const times = { enteredAtMs: enteredAt, leftAtMs: leftAt, dwellMs, attentionMs, glances };
  return JSON.stringify({ file, viewer, ...times, age: rounded(age), gender: rounded(gender) });
}

const CSV_COLUMNS = [
  'file',
  'atMs',
  'viewer',
  ...['x', 'y', 'width', 'height', 'confidence'],
  ...['years', 'ageGroup', 'ageGroupProbability', 'minorProbability'],
  ...['gender', 'female', 'male'],
];

export function csvHeader(): string {
  return csvRow(CSV_COLUMNS);
}

/** A row for each face; an empty field is unknown. */
export function csvRows({ file, atMs }: Place, found: readonly Found[]): readonly string[] {
  return found.flatMap(({ face }) => {
    if (!isAnalyzed(face)) return [];
    const { box, confidence, viewer, age, gender } = rounded(face);
    const { x, y, width, height } = tenths(box);
    const ages = [age?.years, age?.group, age?.probability, age?.minorProbability];
    const genders = [gender?.answer, gender?.female, gender?.male];
    return csvRow([file, atMs, viewer, x, y, width, height, confidence, ...ages, ...genders]);
  });
}

export function pictureText({ file }: Place, found: readonly Found[], written: string | null): string {
  const count = found.length === 0 ? 'no face' : found.length === 1 ? '1 face' : `${found.length} faces`;
  const lines = found.map(({ mark }, index) => `  ${index + 1}. ${mark.texts[0]?.join(', ')}`);
  return [`${file}: ${count}${destination(written)}`, ...lines].join('\n');
}

export function filmText(file: string, viewers: readonly AnalyzedViewer[], written: string | null): string {
  const count = viewers.length === 1 ? '1 viewer' : `${viewers.length} viewers`;
  const lines = viewers.map(({ viewer, enteredAt, dwellMs, attentionMs, age, gender }) => {
    const times = `from ${seconds(enteredAt)} for ${seconds(dwellMs)}, looking for ${seconds(attentionMs)}`;
    return `  #${viewer} ${answerTexts({ age, gender }).join(', ') || 'face'}: ${times}`;
  });
  return [`${file}: ${count}${destination(written)}`, ...lines].join('\n');
}

function faceJson(face: AnalyzedFace | ReferenceFace): unknown {
  // The reference is there to be compared, so nothing of it is rounded.
  if (!isAnalyzed(face)) return face;
  const { viewer, ...rest } = rounded(face);
  return { ...(viewer === null ? {} : { viewer }), ...rest, box: tenths(face.box) };
}

function isAnalyzed(face: AnalyzedFace | ReferenceFace): face is AnalyzedFace {
  return 'viewer' in face;
}

/** Four decimals are more than any of it is worth. */
function rounded<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? roundTo(part, 4) : part));
}

function tenths({ x, y, width, height }: Box): Box {
  return { x: roundTo(x, 1), y: roundTo(y, 1), width: roundTo(width, 1), height: roundTo(height, 1) };
}

function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** RFC 4180, but for the end of the line. */
function csvRow(fields: readonly (string | number | null | undefined)[]): string {
  return fields
    .map((field) => String(field ?? ''))
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

function destination(written: string | null): string {
  return written === null ? '' : ` → ${written}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
