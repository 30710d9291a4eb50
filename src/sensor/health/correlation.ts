// Compares two thumbnails as they are: how much one says about the other, whatever the light.

/** Cells that both must show, an eighth of them. */
const LEAST_CELLS = 384;
/** The noise of a dim camera (7 per pixel) makes 2 of an even picture, random bytes make 18. */
const LEAST_DEVIATION = 8;

/** -1 to 1; null where one of them has no contrast. A cell of 0 is hidden, or too black to tell. */
export function correlation(a: Uint8Array, b: Uint8Array): number | null {
  let cells = 0;
  const sums = { a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (let cell = 0; cell < a.length; cell += 1) {
    const one = a[cell] ?? 0;
    const other = b[cell] ?? 0;
    if (one === 0 || other === 0) continue;
    cells += 1;
    sums.a += one;
    sums.b += other;
    sums.aa += one * one;
    sums.bb += other * other;
    sums.ab += one * other;
  }
  if (cells < LEAST_CELLS) return null;
  const varianceOfA = sums.aa / cells - (sums.a / cells) ** 2;
  const varianceOfB = sums.bb / cells - (sums.b / cells) ** 2;
  if (Math.min(varianceOfA, varianceOfB) < LEAST_DEVIATION ** 2) return null;
  return (sums.ab / cells - (sums.a / cells) * (sums.b / cells)) / Math.sqrt(varianceOfA * varianceOfB);
}
