// Shares with their 95 % intervals, and how far stated probabilities are from what happens.

/** `count` of `of`; the interval is Wilson's, which holds for few cases and near 0 and 1. */
export type Share = Readonly<{ count: number; of: number; share: number; low: number; high: number }>;

const Z95 = 1.959964;

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const { middle, half } = wilson(share, of);
  return { count, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The mean of shares of independent groups, its interval from theirs. */
export function meanShare(shares: readonly Share[]): Share {
  const share = mean(shares.map((one) => one.share));
  const half = (side: 'low' | 'high') =>
    Math.sqrt(shares.reduce((sum, one) => sum + (one.share - one[side]) ** 2, 0)) / shares.length;
  const total = (of: 'count' | 'of') => shares.reduce((sum, one) => sum + one[of], 0);
  return { count: total('count'), of: total('of'), share, low: share - half('low'), high: share + half('high') };
}

/** Mean with its 95 % interval. */
export function meanOf(values: readonly number[]): Readonly<{ mean: number; low: number; high: number; of: number }> {
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
  const half = (Z95 * Math.sqrt(variance)) / Math.sqrt(Math.max(1, values.length));
  return { mean: middle, low: middle - half, high: middle + half, of: values.length };
}

/** Mean distance between the confidence stated and the share that was right, over bins of equal width. */
export function expectedCalibrationError(
  answers: readonly Readonly<{ confidence: number; right: boolean }>[],
  bins = 10,
): number {
  const sums = Array.from({ length: bins }, () => ({ confidence: 0, right: 0, count: 0 }));
  for (const { confidence, right } of answers) {
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (bin === undefined) continue;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
    bin.count += 1;
  }
  return sums.reduce((error, bin) => error + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, answers.length);
}

/** Where a function of one number is least between two bounds; it must fall and then rise. */
export function leastAt(from: number, to: number, cost: (value: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  while (high - low > 1e-5) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (cost(left) < cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

function wilson(share: number, of: number): Readonly<{ middle: number; half: number }> {
  const scale = 1 + Z95 ** 2 / of;
  return {
    middle: (share + Z95 ** 2 / (2 * of)) / scale,
    half: (Z95 * Math.sqrt((share * (1 - share)) / of + Z95 ** 2 / (4 * of ** 2))) / scale,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
