// Compares two thumbnails by the edges of the scene, which stay where they are when the light changes and people come and go.
import { THUMBNAIL } from '../glimpse.ts';
import { bestFifth, TILES } from './tiles.ts';

/** THUMBNAIL cells of brightness, 0 for those that are hidden. */
export type Cells = Uint8Array | Float32Array;

/**
 * How well the edges of the best fifth of the tiles agree, -1 to 1; null when too few have any in both. The same scene in dim
 * light, with a lamp on or off, with noise or out of focus gave at least 0.9; turned by 24 of 640 pixels at most 0.43, other
 * scenes 0.37 (test/bench/camera-health.bench.ts).
 */
export function agreement(a: Cells, b: Cells): number | null {
  const edgesOfA = edgesOf(a);
  const edgesOfB = edgesOf(b);
  return bestFifth(TILE_CELLS.flatMap((cells) => tileAgreement(edgesOfA, edgesOfB, cells) ?? []));
}

/** Whether other thumbnails can be compared with it. */
export function hasStructure(cells: Cells): boolean {
  return agreement(cells, cells) !== null;
}

/** A step of this many of 255 between two cells counts half of a hard edge. */
const HALF_EDGE = 6;
/** Of the sum over a tile; in means over seconds the noise of a dim camera (7 per pixel) stays below. */
const LEAST_STRENGTH = 2.56;

/** The cells of each tile. */
const TILE_CELLS = tilesOf();

function tilesOf(): readonly (readonly number[])[] {
  const tiles: number[][] = Array.from({ length: TILES.columns * TILES.rows }, () => []);
  for (let cell = 0; cell < THUMBNAIL.columns * THUMBNAIL.rows; cell += 1) {
    const column = Math.floor(((cell % THUMBNAIL.columns) * TILES.columns) / THUMBNAIL.columns);
    const row = Math.floor((Math.floor(cell / THUMBNAIL.columns) * TILES.rows) / THUMBNAIL.rows);
    tiles[row * TILES.columns + column]?.push(cell);
  }
  return tiles;
}

type Edges = Readonly<Record<'right' | 'below', Float32Array>>;

/** -1 to 1 for each cell: how it differs from its neighbors; hard edges do not outweigh soft ones. */
function edgesOf(cells: Cells): Edges {
  const right = new Float32Array(cells.length);
  const below = new Float32Array(cells.length);
  for (let cell = 0; cell < cells.length; cell += 1) {
    const isLast = cell % THUMBNAIL.columns === THUMBNAIL.columns - 1;
    right[cell] = isLast ? 0 : edge(cells[cell], cells[cell + 1]);
    below[cell] = edge(cells[cell], cells[cell + THUMBNAIL.columns]);
  }
  return { right, below };
}

function edge(from: number | undefined, to: number | undefined): number {
  // Beyond the last row there is none, and at the border of the mask it is not of the scene.
  if (from === undefined || to === undefined || from === 0 || to === 0) return 0;
  const step = to - from;
  return step / (Math.abs(step) + HALF_EDGE);
}

function tileAgreement(a: Edges, b: Edges, cells: readonly number[]): number | null {
  const [right, below] = [covariances(a.right, b.right, cells), covariances(a.below, b.below, cells)];
  const strengthOfA = right.aa + below.aa;
  const strengthOfB = right.bb + below.bb;
  if (Math.min(strengthOfA, strengthOfB) < LEAST_STRENGTH) return null;
  return (right.ab + below.ab) / Math.sqrt(strengthOfA * strengthOfB);
}

/** Without the means, so that light that falls off evenly across a tile is no edge. */
function covariances(a: Float32Array, b: Float32Array, cells: readonly number[]) {
  const sums = { a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (const cell of cells) {
    const one = a[cell] ?? 0;
    const other = b[cell] ?? 0;
    sums.a += one;
    sums.b += other;
    sums.aa += one * one;
    sums.bb += other * other;
    sums.ab += one * other;
  }
  const count = cells.length;
  return {
    aa: sums.aa - (sums.a * sums.a) / count,
    bb: sums.bb - (sums.b * sums.b) / count,
    ab: sums.ab - (sums.a * sums.b) / count,
  };
}
