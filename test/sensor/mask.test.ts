// Tests which pixels and colors a privacy mask lets be seen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleColors, visiblePixels, visibleRuns } from '../../src/sensor/mask.ts';

const SQUARE = [
  [2, 1],
  [6, 1],
  [6, 3],
  [2, 3],
] as const;

describe('visiblePixels', () => {
  it('shows the pixels whose centers lie inside a polygon', () => {
    expect(drawn([SQUARE], 8, 4)).toEqual(['........', '..####..', '..####..', '........']);
  });

  it('shows what any of several polygons holds, and a polygon around a hole without the hole', () => {
    const corner = [
      [0, 0],
      [2, 0],
      [0, 2],
    ] as const;
    expect(drawn([SQUARE, corner], 8, 4)).toEqual(['#.......', '..####..', '..####..', '........']);
    const twice = [...square(0, 4), [0, 0], ...square(1, 3), [1, 1]] as const;
    expect(drawn([twice], 4, 4)).toEqual(['####', '#..#', '#..#', '####']);
  });

  it('shows nothing of polygons that lie elsewhere, and cuts off what lies outside', () => {
    expect(drawn([square(10, 20)], 4, 4).join('')).not.toContain('#');
    expect(drawn([square(-5, 2)], 4, 4)).toEqual(['##..', '##..', '....', '....']);
  });

  it('agrees with counting the edges to the right of each pixel', () => {
    const point = fc.tuple(fc.double({ min: -3, max: 12, noNaN: true }), fc.double({ min: -3, max: 12, noNaN: true }));
    const polygons = fc.array(fc.array(point, { minLength: 3, maxLength: 7 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(polygons, (shapes) => {
        const visible = visiblePixels(shapes, 10, 8);
        visible.forEach((found, pixel) => {
          const center = { x: (pixel % 10) + 0.5, y: Math.floor(pixel / 10) + 0.5 };
          expect(found).toBe(shapes.some((shape) => isInside(shape, center)) ? 1 : 0);
        });
      }),
    );
  });
});

it('hides a color when one of its four pixels is hidden', () => {
  const visible = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1);
  expect([...visibleColors(visible, 4)]).toEqual([1, 0, 1, 0]);
});

it('lists the runs of what may be seen', () => {
  expect([...visibleRuns(Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 0, 1), 3)]).toEqual([0, 0, 2, 2, 0, 1, 2, 2, 3]);
  expect([...visibleRuns(new Uint8Array(6), 3)]).toEqual([]);
});

function drawn(polygons: Parameters<typeof visiblePixels>[0], width: number, height: number): readonly string[] {
  const visible = visiblePixels(polygons, width, height);
  return Array.from({ length: height }, (_, y) =>
    [...visible.subarray(y * width, (y + 1) * width)].map((shown) => (shown === 1 ? '#' : '.')).join(''),
  );
}

function square(from: number, to: number): readonly (readonly [number, number])[] {
  return [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];
}

function isInside(polygon: readonly (readonly [number, number])[], { x, y }: { x: number; y: number }): boolean {
  let inside = false;
  polygon.forEach(([fromX, fromY], index) => {
    const [toX, toY] = polygon[(index + 1) % polygon.length] ?? [fromX, fromY];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
  });
  return inside;
}
