// Computes TensorFlow's 'same' padding for sizes that are multiples of the stride, as all inputs of our nets are.
export type Padding = Readonly<{ before: number; after: number }>;

export const NO_PADDING: Padding = { before: 0, after: 0 };

/** The odd pixel goes behind: that is what other frameworks' symmetric padding gets wrong. */
export function samePadding(kernel: number, stride: number): Padding {
  const total = Math.max(kernel - stride, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}
