// Looks at one detection again from close by: backs of heads and shelves do not stand it.
import type { FullRangeSpec } from '../../models/net-schema.ts';
import type { Box } from '../../observation/observation.ts';
import { squareCrop } from '../crop.ts';
import type { Keep, Mat, Net } from '../opencv.ts';
import { bestInMiddle } from './decode-full-range.ts';
import { candidatesIn } from './full-range.ts';

/** Below this the result makes no difference. */
const LEAST_CONFIDENCE = 0.05;

/** The confidence, 0..1, that there is a face of the expected size in the middle of the box. */
export async function zoomCheck(keep: Keep, frame: Mat, box: Box, net: Net, spec: FullRangeSpec): Promise<number> {
  const { size, cropFactor } = spec.geometry.zoom;
  const input = squareCrop(keep, frame, box, cropFactor, size);
  return bestInMiddle(await candidatesIn(input, net, spec, LEAST_CONFIDENCE), spec.geometry.zoom);
}
