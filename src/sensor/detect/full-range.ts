// Finds faces in a frame with the full-range detector.
import type { Detection } from '../../audience/follow.ts';
import type { DetectorSpec } from '../../models/manifest.ts';
import { extend, forward, type Keep, type Mat, type Net, resize } from '../opencv.ts';
import { type Candidate, decode } from './decode.ts';
import { joinPasses, type Pass } from './passes.ts';

/** A recording holds weaker faces than the tracker of today uses, so that another threshold can be tried on it. */
const LEAST_CONFIDENCE = 0.3;
/** A box and six points. */
const VALUES_PER_CELL = 16;

/** Each pass has a net of its own: one net fed with changing sizes would allocate its layers anew for every frame. */
type PassNet = Readonly<{ pass: Pass; net: Net }>;

export async function detectFaces(
  keep: Keep,
  frame: Mat,
  passes: readonly PassNet[],
  spec: DetectorSpec,
): Promise<readonly Detection[]> {
  const found: { pass: Pass; candidates: readonly Candidate[] }[] = [];
  let scaled = frame;
  for (const { pass, net } of passes) {
    // The near pass shrinks what the far pass has shrunk already, which costs a third.
    scaled = resize(keep, scaled, pass.width, pass.height);
    const borders = { top: 0, left: 0, right: 0, bottom: pass.inputHeight - pass.height };
    const input = extend(keep, scaled, borders, 'black');
    found.push({ pass, candidates: await candidatesIn(input, net, spec, LEAST_CONFIDENCE) });
  }
  return joinPasses(found, spec.thresholds.overlap);
}

/** Every cell above the threshold; `input` is what the net gets, its sides multiples of the spec's. */
export async function candidatesIn(
  input: Mat,
  net: Net,
  spec: DetectorSpec,
  minConfidence: number,
): Promise<readonly Candidate[]> {
  const { cellPixels } = spec.geometry;
  const grid = { columns: input.cols / cellPixels, rows: input.rows / cellPixels, cellPixels };
  const cells = grid.columns * grid.rows;
  return forward(net, input, spec.input, [spec.outputs.scores, spec.outputs.boxes], ([scores, boxes]) => {
    if (scores?.length !== cells || boxes?.length !== cells * VALUES_PER_CELL) {
      throw new Error(`${spec.name}: outputs do not fit an input of ${input.cols}x${input.rows}`);
    }
    return decode(scores.all(), (cell) => boxes.across(VALUES_PER_CELL, cell), grid, minConfidence);
  });
}
