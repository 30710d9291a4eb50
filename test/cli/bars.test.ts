// Bars stay within their width, grow with the part, and show that something is more than nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../src/cli/bars.ts';

const amount = fc.oneof(fc.double(), fc.integer({ min: -10, max: 1000 }));
const width = fc.integer({ min: 0, max: 200 });

describe('bar', () => {
  it('draws eighths of a column', () => {
    expect([0, 1, 4, 8, 11, 16].map((part) => bar(part, 16, 2))).toEqual(['', '▏', '▌', '█', '█▍', '██']);
  });

  it('is never longer than its width, whatever the numbers', () => {
    fc.assert(
      fc.property(amount, amount, width, (part, whole, columns) => {
        expect([...bar(part, whole, columns)].length).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('grows with the part', () => {
    const eighths = (text: string) => [...text].reduce((sum, block) => sum + '▏▎▍▌▋▊▉█'.indexOf(block) + 1, 0);
    const part = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(part, part, width, (a, b, columns) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(eighths(bar(less, 1000, columns))).toBeLessThanOrEqual(eighths(bar(more, 1000, columns)));
      }),
    );
  });

  it('tells something from nothing', () => {
    expect(bar(1, 1_000_000, 10)).toBe('▏');
    expect(bar(0, 1_000_000, 10)).toBe('');
    expect(bar(5, 0, 10)).toBe('');
  });
});
