// Withholds of which age group and gender a few people were: they are told as unknown, and all sums stay what they are.
import { addCells, type Cell, type Rollup } from './rollup.ts';

const UNKNOWN = { ageGroup: 'unknown', gender: 'unknown' } as const;

/** Tells no combination of fewer than `k` viewers; with a `k` of 1 everything. The cells are one for each combination. */
export function suppressCells(cells: readonly Cell[], k: number): readonly Cell[] {
  if (k <= 1) return cells;
  return addCells(cells.map((cell) => (cell.entered < k ? { ...cell, ...UNKNOWN } : cell)));
}

export function suppressRollup(rollup: Rollup, k: number): Rollup {
  const { audience } = rollup;
  return audience === null ? rollup : { ...rollup, audience: { ...audience, cells: suppressCells(audience.cells, k) } };
}
