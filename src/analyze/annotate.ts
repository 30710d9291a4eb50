// Draws frames and labels into a picture.
import type { Mat } from '../sensor/opencv.ts';
import { frameThickness, type PlacedLabel, planLabels } from './label-plan.ts';
import type { Mark } from './mark.ts';
import { type Color, drawFrame, fill, textWidth, write } from './pictures.ts';

const BLACK: Color = [0, 0, 0];

/** Changes the picture itself. */
export function annotate(image: Mat, marks: readonly Mark[]): void {
  const size = { width: image.cols, height: image.rows };
  const labels = planLabels(size, marks, textWidth);
  const thickness = frameThickness(size);
  for (const mark of marks) drawMark(image, mark, thickness);
  marks.forEach((mark, index) => {
    const label = labels[index] ?? null;
    if (label !== null) drawLabel(image, label, mark.color);
  });
}

/** A dark line around the colored one keeps it visible on any background. */
function drawMark(image: Mat, { box, color }: Mark, thickness: number): void {
  const from = { x: Math.round(box.x), y: Math.round(box.y) };
  const to = { x: Math.round(box.x + box.width), y: Math.round(box.y + box.height) };
  drawFrame(image, from, to, { color: BLACK, thickness: thickness + 2 * Math.ceil(thickness / 2) });
  drawFrame(image, from, to, { color, thickness });
}

function drawLabel(image: Mat, { box, lines, capitalPixels, padding, lineHeight }: PlacedLabel, color: Color): void {
  const to = { x: box.x + box.width - 1, y: box.y + box.height - 1 };
  fill(image, box, to, color);
  drawFrame(image, box, to, { color: BLACK, thickness: 1 });
  lines.forEach((line, index) => {
    const baseline = { x: box.x + padding, y: box.y + padding + capitalPixels + index * lineHeight };
    write(image, line, baseline, capitalPixels, BLACK);
  });
}
