// Labels stay inside the picture, keep off each other and off other faces, and grow with the picture.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type PlacedLabel, planLabels } from '../../src/analyze/label-plan.ts';
import { intersection } from '../../src/audience/geometry.ts';
import type { Box } from '../../src/observation/observation.ts';
import { markAt } from './faces.ts';

const measure = (text: string, capitalPixels: number) => text.length * capitalPixels * 0.8;

it('stands above the face', () => {
  const [label] = planLabels({ width: 1920, height: 1080 }, [markAt(800, 400, 200)], measure);
  expect(label?.lines).toEqual(['female 93%', '41 y, adult 78%']);
  expect(label?.box.x).toBe(800);
  expect(bottom(label)).toBeLessThan(400);
  expect(bottom(label)).toBeGreaterThan(380);
});

it('goes below a face at the top, and inside one that fills the picture', () => {
  const [below] = planLabels({ width: 1920, height: 1080 }, [markAt(800, 0, 200)], measure);
  expect(below?.box.y).toBeGreaterThanOrEqual(200);
  const [inside] = planLabels({ width: 600, height: 600 }, [markAt(-20, -20, 640)], measure);
  expect(inside?.lines).toHaveLength(2);
});

it('grows with the picture, and with the face up to a limit', () => {
  const heightIn = (width: number, face: number) =>
    planLabels({ width, height: width }, [markAt(width / 2, width / 2, face)], measure)[0]?.capitalPixels ?? 0;
  expect(heightIn(4000, 1000)).toBeGreaterThan(heightIn(1000, 250) * 3);
  expect(heightIn(1000, 30)).toBeLessThan(heightIn(1000, 250));
  expect(heightIn(1000, 900)).toBe(heightIn(1000, 250));
  expect(heightIn(300, 30)).toBeGreaterThanOrEqual(8);
});

it('two people cheek to cheek: nothing is hidden', () => {
  const marks = [markAt(800, 400, 150), markAt(960, 410, 150)];
  const labels = planLabels({ width: 1920, height: 1080 }, marks, measure);
  expect(overlap(labels[0]?.box, labels[1]?.box)).toBe(0);
  expect(overlap(labels[0]?.box, marks[1]?.box)).toBe(0);
  expect(overlap(labels[1]?.box, marks[0]?.box)).toBe(0);
});

it('a crowd: the text becomes short before anything is hidden', () => {
  const marks = Array.from({ length: 40 }, (_, i) => markAt(40 + (i % 10) * 120, 100 + Math.floor(i / 10) * 150, 90));
  const labels = planLabels({ width: 1280, height: 720 }, marks, measure).flatMap((label) => label ?? []);
  expect(labels).toHaveLength(40);
  expect(labels.some(({ lines }) => lines.length === 1)).toBe(true);
  const hidden = labels.flatMap((a, i) => labels.slice(i + 1).map((b) => overlap(a.box, b.box)));
  expect(Math.max(...hidden)).toBe(0);
});

it('a picture too small for any text has none', () => {
  expect(planLabels({ width: 20, height: 20 }, [markAt(2, 2, 15)], measure)).toEqual([null]);
});

it('always inside the picture, whatever the faces', () => {
  const side = fc.integer({ min: 1, max: 3000 });
  const face = fc.tuple(fc.integer({ min: -500, max: 3000 }), fc.integer({ min: -500, max: 3000 }), side);
  fc.assert(
    fc.property(side, side, fc.array(face, { maxLength: 8 }), (width, height, faces) => {
      const marks = faces.map(([x, y, size]) => markAt(x, y, size));
      const labels = planLabels({ width, height }, marks, measure);
      expect(labels).toHaveLength(marks.length);
      for (const label of labels) {
        if (label === null) continue;
        expect(label.box.x).toBeGreaterThanOrEqual(0);
        expect(label.box.y).toBeGreaterThanOrEqual(0);
        expect(label.box.x + label.box.width).toBeLessThanOrEqual(width);
        expect(bottom(label)).toBeLessThanOrEqual(height);
      }
    }),
  );
});

function bottom(label: PlacedLabel | null | undefined): number {
  return label ? label.box.y + label.box.height : Number.NaN;
}

function overlap(a: Box | undefined, b: Box | undefined): number {
  return a === undefined || b === undefined ? Number.NaN : intersection(a, b);
}
