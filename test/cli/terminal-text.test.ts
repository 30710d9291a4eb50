// Columns hold exactly their width, and colors take no place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, left, painter, right, visibleLength } from '../../src/cli/terminal-text.ts';

const paint = painter(true);

describe('terminal text', () => {
  it('does not count colors', () => {
    expect(visibleLength(paint('red', 'abc'))).toBe(3);
    expect(painter(false)('red', 'abc')).toBe('abc');
    expect(visibleLength(left(paint('bold', 'ab'), 5))).toBe(5);
  });

  it('cuts with an ellipsis and ends the color', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('abcd', 4)).toBe('abcd');
    expect(cut(paint('red', 'abcdef'), 4)).toBe('\u001b[31mabc…\u001b[0m');
    expect(cut('abc', 0)).toBe('');
  });

  it('fills or cuts to exactly the width', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 40 }), (text, width) => {
        for (const column of [left, right]) {
          expect(visibleLength(column(text, width))).toBe(width);
          expect(visibleLength(column(paint('cyan', text), width))).toBe(width);
        }
      }),
    );
  });
});
