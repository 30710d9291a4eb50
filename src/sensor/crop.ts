// Cuts a square around a face out of a frame, repeating the edge of the frame where the square reaches beyond it.
import type { Box } from '../observation/observation.ts';
import { cropPlan } from './crop-plan.ts';
import { extend, type Keep, type Mat, region, resize } from './opencv.ts';

/** A square of side `factor` × the larger side of the box, scaled to `width` × `height` pixels. */
export function squareCrop(keep: Keep, image: Mat, box: Box, factor: number, width: number, height = width): Mat {
  const plan = cropPlan(box, factor, image.cols, image.rows);
  const inside = region(keep, image, plan.region);
  return resize(keep, extend(keep, inside, plan.borders, 'replicate'), width, height);
}
