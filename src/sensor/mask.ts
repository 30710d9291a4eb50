// Turns the polygons of a privacy mask into a map of the pixels that may be seen.

type Polygon = readonly (readonly [x: number, y: number])[];

/** One byte per pixel, row by row: 1 where its center lies in one of the polygons, else 0. */
export function visiblePixels(polygons: readonly Polygon[], width: number, height: number): Uint8Array {
  const visible = new Uint8Array(width * height);
  for (const polygon of polygons) {
    for (let y = 0; y < height; y += 1) {
      const edges = crossings(polygon, y + 0.5);
      for (let index = 0; index + 1 < edges.length; index += 2) {
        const from = firstCenterFrom(edges[index] ?? 0, width);
        const to = firstCenterFrom(edges[index + 1] ?? 0, width);
        visible.fill(1, y * width + from, y * width + to);
      }
    }
  }
  return visible;
}

/** A color is shared by four pixels: it is seen only where all of them are, or it would tell of a hidden one. */
export function visibleColors(visible: Uint8Array, width: number): Uint8Array {
  return new Uint8Array(visible.length / 4).map((_, index) => {
    const pixel = 2 * Math.floor(index / (width / 2)) * width + 2 * (index % (width / 2));
    return [pixel, pixel + 1, pixel + width, pixel + width + 1].every((corner) => visible[corner] === 1) ? 1 : 0;
  });
}

/** What of a picture may be seen: triples of the row, the first column, and the column after the last. */
export function visibleRuns(visible: Uint8Array, width: number): Int32Array {
  const runs: number[] = [];
  for (let row = 0; row * width < visible.length; row += 1) {
    const line = visible.subarray(row * width, (row + 1) * width);
    for (let from = line.indexOf(1); from >= 0; ) {
      const next = line.indexOf(0, from);
      const to = next < 0 ? width : next;
      runs.push(row, from, to);
      from = line.indexOf(1, to);
    }
  }
  return Int32Array.from(runs);
}

/** Where the outline crosses a line, in order: inside is between the first and the second, the third and the fourth … */
function crossings(polygon: Polygon, y: number): readonly number[] {
  return polygon
    .flatMap(([x, top], index) => {
      const [nextX, bottom] = polygon[(index + 1) % polygon.length] ?? [x, top];
      if (top <= y === bottom <= y) return [];
      return [x + ((y - top) / (bottom - top)) * (nextX - x)];
    })
    .sort((a, b) => a - b);
}

function firstCenterFrom(x: number, width: number): number {
  return Math.min(width, Math.max(0, Math.ceil(x - 0.5)));
}
