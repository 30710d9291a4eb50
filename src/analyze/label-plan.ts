// Plans where labels go: inside the picture, beside their faces, and not over each other where that can be avoided.
import { intersection } from '../audience/geometry.ts';
import type { Box } from '../observation/observation.ts';
import type { FrameSize } from '../sensor/detect/detector.ts';
import type { LabelText, Mark } from './mark.ts';

export type PlacedLabel = Readonly<{
  lines: LabelText;
  capitalPixels: number;
  padding: number;
  lineHeight: number;
  box: Box;
}>;

/** Width of a text in pixels. */
export type Measure = (text: string, capitalPixels: number) => number;

/** Letters of this height, as a share of the longer side of the picture, read well on a screen; smaller ones still do. */
const USUAL_RATIO = 0.018;
const SMALL_RATIO = 0.0095;
const FACE_RATIO = 0.13;
/** Below this the strokes of the letters merge. */
const LEAST_CAPITAL_PIXELS = 8;
/** Of its face a label inside may hide this much. */
const HIDDEN_RATIO = 0.2;
/** Hiding another label is worse than hiding a face, whose frame still shows. */
const LABEL_WEIGHT = 4;

/** One for each mark, in their order; null where not even the shortest text fits into the picture. */
export function planLabels(
  picture: FrameSize,
  marks: readonly Mark[],
  measure: Measure,
): readonly (PlacedLabel | null)[] {
  const placed: PlacedLabel[] = [];
  const plan = new Map<Mark, PlacedLabel | null>();
  // Larger faces are in front, and their labels are placed first.
  for (const mark of marks.toSorted((a, b) => b.box.width - a.box.width)) {
    const others = marks.flatMap((other) => (other === mark ? [] : [other.box]));
    const label = place(picture, mark, others, placed, measure);
    plan.set(mark, label);
    if (label !== null) placed.push(label);
  }
  return marks.map((mark) => plan.get(mark) ?? null);
}

export function frameThickness({ width, height }: FrameSize): number {
  return Math.max(1, Math.round(Math.max(width, height) / 400));
}

function place(
  picture: FrameSize,
  { box, texts }: Mark,
  faces: readonly Box[],
  placed: readonly PlacedLabel[],
  measure: Measure,
): PlacedLabel | null {
  let best: PlacedLabel | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const lines of texts) {
    const label = sized(picture, box, lines, measure);
    const { width, height } = label.box;
    if (width > picture.width || height > picture.height) continue;
    for (const at of placesAround(box, label.box, frameThickness(picture))) {
      const candidate = { ...label, box: inside({ ...label.box, ...at }, picture) };
      const own = intersection(candidate.box, box);
      const allowed = own === 0 || own <= HIDDEN_RATIO * box.width * box.height;
      const hidden = sum(faces.map((face) => intersection(candidate.box, face)));
      const covered = sum(placed.map((other) => intersection(candidate.box, other.box)));
      const cost = LABEL_WEIGHT * covered + hidden + (allowed ? 0 : own);
      if (cost === 0) return candidate;
      if (cost < least) {
        best = candidate;
        least = cost;
      }
    }
  }
  return best;
}

function sized(picture: FrameSize, face: Box, lines: LabelText, measure: Measure): PlacedLabel {
  const longer = Math.max(picture.width, picture.height);
  const wanted = Math.min(USUAL_RATIO * longer, Math.max(SMALL_RATIO * longer, FACE_RATIO * face.width));
  const capitalPixels = Math.max(LEAST_CAPITAL_PIXELS, Math.round(wanted));
  const padding = Math.max(2, Math.round(capitalPixels * 0.4));
  const lineHeight = Math.round(capitalPixels * 1.6);
  const width = Math.ceil(Math.max(...lines.map((line) => measure(line, capitalPixels)))) + 2 * padding;
  const height = lineHeight * (lines.length - 1) + capitalPixels + 2 * padding;
  return { lines, capitalPixels, padding, lineHeight, box: { x: 0, y: 0, width, height } };
}

/** Above, below, beside, and in the upper part of the face. */
function placesAround(
  face: Box,
  { width, height }: FrameSize,
  gap: number,
): readonly Readonly<{ x: number; y: number }>[] {
  const left = Math.round(face.x);
  const top = Math.round(face.y);
  const right = Math.round(face.x + face.width);
  const bottom = Math.round(face.y + face.height);
  const middle = Math.round(face.x + face.width / 2 - width / 2);
  return [
    { x: left, y: top - height - gap },
    { x: middle, y: top - height - gap },
    { x: left, y: bottom + gap },
    { x: middle, y: bottom + gap },
    { x: right + gap, y: top },
    { x: left - width - gap, y: top },
    { x: right + gap, y: bottom - height },
    { x: left - width - gap, y: bottom - height },
    { x: left, y: top },
  ];
}

function inside(box: Box, picture: FrameSize): Box {
  return {
    ...box,
    x: Math.min(picture.width - box.width, Math.max(0, box.x)),
    y: Math.min(picture.height - box.height, Math.max(0, box.y)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
