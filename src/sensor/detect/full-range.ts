// Shows one picture to the full-range net.
import type { Detection } from '../../audience/follow.ts';
import type { FullRangeSpec } from '../../models/net-schema.ts';
import { forward, type Mat, type Net } from '../opencv.ts';
import { decodeFullRange } from './decode-full-range.ts';
import { misfit } from './misfit.ts';

/** A box and six points. */
const VALUES_PER_CELL = 16;

/** Every cell from `minConfidence` on; `input` is what the net gets, its sides multiples of the spec's. */
export async function candidatesIn(
  input: Mat,
  net: Net,
  spec: FullRangeSpec,
  minConfidence: number,
): Promise<readonly Detection[]> {
  const { cellPixels } = spec.geometry;
  const grid = { columns: input.cols / cellPixels, rows: input.rows / cellPixels, cellPixels };
  const cells = grid.columns * grid.rows;
  return forward(net, input, spec.input, [spec.outputs.scores, spec.outputs.boxes], ([scores, boxes]) => {
    if (scores?.length !== cells || boxes?.length !== cells * VALUES_PER_CELL) throw misfit(spec, input);
    return decodeFullRange(scores.all(), (cell) => boxes.across(VALUES_PER_CELL, cell), grid, minConfidence);
  });
}
