// Turns the hits of a cascade into a confidence.

/** So many windows agree on a face as often as on something else. */
const EVEN_HITS = 6.8;
const STEEPNESS = 2.6;

/**
 * A cascade gives no probability, so the share of real faces among its finds stands for it: a logistic curve over the logarithm
 * of the hits, fitted to the 313 finds of the frontal-face default cascade on 285 pictures (films at 640 × 360 and single
 * faces), judged by YuNet. The hits tell faces from the rest better than the sum of the last stage, OpenCV's other measure
 * (area under the curve 0.89 against 0.83).
 */
export function cascadeConfidence(hits: number): number {
  return 1 / (1 + (EVEN_HITS / hits) ** STEEPNESS);
}
