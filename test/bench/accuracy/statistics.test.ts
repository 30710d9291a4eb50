// Checks the statistics behind the published figures against worked examples.
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError, leastAt, meanOf, meanShare, shareOf } from './statistics.ts';

describe('a share', () => {
  it("has Wilson's interval", () => {
    // 81 of 263: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    const { share, low, high } = shareOf(81, 263);
    expect(share).toBeCloseTo(0.308, 4);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('stays within 0 and 1 at the ends, and knows nothing without cases', () => {
    expect(shareOf(20, 20)).toMatchObject({ share: 1, high: 1 });
    expect(shareOf(20, 20).low).toBeCloseTo(0.8389, 3);
    expect(shareOf(0, 20).low).toBe(0);
    expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1 });
  });

  it('is averaged with the interval of independent groups', () => {
    const [one, other] = [shareOf(40, 50), shareOf(30, 50)];
    const mean = meanShare([one, other]);
    expect(mean.share).toBeCloseTo(0.7, 12);
    expect(mean.high - mean.share).toBeCloseTo(Math.hypot(one.high - one.share, other.high - other.share) / 2, 12);
    expect(mean.of).toBe(100);
  });
});

it('a mean has the interval of its standard error', () => {
  const { mean, low, high, of } = meanOf([1, 2, 3, 4, 5]);
  expect([mean, of]).toEqual([3, 5]);
  // The standard deviation is the root of 2.5.
  expect(high - mean).toBeCloseTo((1.959964 * Math.sqrt(2.5)) / Math.sqrt(5), 6);
  expect(mean - low).toBeCloseTo(high - mean, 12);
});

describe('the expected calibration error', () => {
  it('is 0 where eight of ten answers of 0.8 are right', () => {
    const answers = Array.from({ length: 10 }, (_, i) => ({ confidence: 0.8, right: i < 8 }));
    expect(expectedCalibrationError(answers)).toBeCloseTo(0, 12);
  });

  it('is the distance of confidence and share, weighed by the answers in a bin', () => {
    const sure = Array.from({ length: 6 }, () => ({ confidence: 0.95, right: false }));
    const half = Array.from({ length: 2 }, (_, i) => ({ confidence: 0.55, right: i === 0 }));
    expect(expectedCalibrationError([...sure, ...half])).toBeCloseTo((6 * 0.95 + 2 * 0.05) / 8, 12);
    expect(expectedCalibrationError([{ confidence: 1, right: true }])).toBe(0);
  });
});

it('finds where a function that falls and rises is least', () => {
  expect(leastAt(-4, 4, (x) => (x - 1.25) ** 2)).toBeCloseTo(1.25, 3);
  expect(leastAt(0, 5, (x) => x)).toBeCloseTo(0, 3);
});
