// Measures how much a face changed since the last detection of its track: a poster does not, a person does.
import type { Box } from '../observation/observation.ts';
import { type Luma, sampled } from './luma.ts';

/** What the face of each track looked like when it was last detected. */
export type FaceCrops = ReadonlyMap<number, Readonly<{ box: Box; cells: Uint8Array }>>;

export const NO_CROPS: FaceCrops = new Map();

const CELLS_PER_SIDE = 8;
const SAMPLES_PER_SIDE = 6;

/**
 * The old crop is compared with the same place in the new frame: a box that trembles on a motionless face changes nothing,
 * and a face that moves changes much. Null for the first detection of a track.
 */
export function changeRatio(crops: FaceCrops, track: number | null, luma: Luma): number | null {
  const before = track === null ? undefined : crops.get(track);
  if (before === undefined) return null;
  const now = sampled(luma, before.box, CELLS_PER_SIDE, SAMPLES_PER_SIDE);
  const sum = now.reduce((total, value, index) => total + Math.abs(value - (before.cells[index] ?? 0)), 0);
  return sum / (now.length * 255);
}

/** Remembers the faces of this frame, and of the others those whose tracks are `alive`. */
export function keepCrops(
  crops: FaceCrops,
  faces: readonly Readonly<{ track: number | null; box: Box }>[],
  alive: ReadonlySet<number>,
  luma: Luma,
): FaceCrops {
  const kept = [...crops].filter(([track]) => alive.has(track));
  const fresh = faces.flatMap(({ track, box }) =>
    track === null ? [] : [[track, { box, cells: sampled(luma, box, CELLS_PER_SIDE, SAMPLES_PER_SIDE) }] as const],
  );
  return new Map([...kept, ...fresh]);
}
