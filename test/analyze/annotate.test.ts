// Real OpenCV: marks are drawn where the faces are and nowhere else, and pictures come back as they were written.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { annotate } from '../../src/analyze/annotate.ts';
import { frameThickness, planLabels } from '../../src/analyze/label-plan.ts';
import { encodePicture, fill, pixelsOf, readPicture, textWidth } from '../../src/analyze/pictures.ts';
import { cv } from '../../src/sensor/load-opencv.ts';
import { type Mat, scope } from '../../src/sensor/opencv.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { markAt } from './faces.ts';

const GRAY = 90;

it.each([
  [1280, 720],
  [320, 240],
  [2400, 1800],
])('in a picture of %i × %i only frames and labels differ, and both are there', async (width, height) => {
  await scope(async (keep) => {
    const image = keep(new cv.Mat(height, width, cv.CV_8UC3, [GRAY, GRAY, GRAY]));
    const mark = markAt(Math.round(width * 0.4), Math.round(height * 0.4), Math.round(width / 6));
    annotate(image, [mark]);
    const [label] = planLabels({ width, height }, [mark], textWidth);
    expect(label).not.toBeNull();
    // Half of the dark line, and a pixel by which OpenCV draws lines wider.
    const reach = 2 * frameThickness({ width, height }) + 1;
    const inLabel = (x: number, y: number) => contains(label?.box, x, y, 0);
    const onFrame = (x: number, y: number) => contains(mark.box, x, y, reach) && !contains(mark.box, x, y, -reach);
    const changed = changedPixels(image);
    expect(changed.filter(({ x, y }) => !inLabel(x, y) && !onFrame(x, y))).toEqual([]);
    expect(changed.filter(({ x, y }) => onFrame(x, y)).length).toBeGreaterThan(4 * mark.box.width * 0.9);
    // All of the label is drawn over, and a part of it is letters.
    expect(changed.filter(({ x, y }) => inLabel(x, y))).toHaveLength(
      (label?.box.width ?? 0) * (label?.box.height ?? 0),
    );
    const dark = changed.filter(({ x, y, color }) => inLabel(x, y) && color === 0).length;
    expect(dark / ((label?.box.width ?? 1) * (label?.box.height ?? 1))).toBeGreaterThan(0.05);
  });
});

it.each(['.png', '.bmp', '.tif'])('a picture written as %s is read again pixel by pixel', async (extension) => {
  const path = join(tempFolder(), `picture${extension}`);
  await scope(async (keep) => {
    const image = keep(new cv.Mat(20, 30, cv.CV_8UC3, [GRAY, GRAY, GRAY]));
    fill(image, { x: 3, y: 4 }, { x: 5, y: 6 }, [1, 2, 3]);
    writeFileSync(path, await encodePicture(image, extension));
    const again = readPicture(keep, path);
    expect(pixelsOf(again).equals(pixelsOf(image))).toBe(true);
    expect(changedPixels(again)).toHaveLength(9);
  });
});

it('a face beyond the edge of a tiny picture', async () => {
  await scope(async (keep) => {
    const image = keep(new cv.Mat(1, 1, cv.CV_8UC3, [GRAY, GRAY, GRAY]));
    annotate(image, [markAt(-5, -5, 20)]);
    expect(pixelsOf(image)).toHaveLength(3);
  });
});

function contains(
  box: Readonly<{ x: number; y: number; width: number; height: number }> | undefined,
  x: number,
  y: number,
  reach: number,
): boolean {
  if (box === undefined) return false;
  const { x: left, y: top, width, height } = box;
  return x >= left - reach && x < left + width + reach && y >= top - reach && y < top + height + reach;
}

function changedPixels(image: Mat): { x: number; y: number; color: number }[] {
  const pixels = pixelsOf(image);
  const changed: { x: number; y: number; color: number }[] = [];
  for (let index = 0; index < pixels.length; index += 3) {
    const [blue = 0, green = 0, red = 0] = pixels.subarray(index, index + 3);
    const at = index / 3;
    if (blue === GRAY && green === GRAY && red === GRAY) continue;
    changed.push({ x: at % image.cols, y: Math.floor(at / image.cols), color: blue + green + red });
  }
  return changed;
}
