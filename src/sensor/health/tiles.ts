// Divides a picture into a few tiles, so that a judgment can rest on the best of them whoever stands before the others.

export const TILES = { columns: 8, rows: 6 } as const;

/** A sixth of the tiles; fewer could be a single thing. */
const LEAST_TILES = 8;
/** A face before seven tenths of the picture leaves more than that. */
const BEST = 0.8;

/** What a fifth of the tiles reach or exceed; null when too few say anything. */
export function bestFifth(values: readonly number[]): number | null {
  if (values.length < LEAST_TILES) return null;
  return values.toSorted((a, b) => a - b)[Math.floor(BEST * (values.length - 1))] ?? null;
}
