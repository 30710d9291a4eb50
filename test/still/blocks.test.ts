// A frame as characters: its shape, its colors, and letters where there are none.
import { expect, it } from 'vitest';
import type { Canvas } from '../../src/setup/still-options.ts';
import { drawBlocks } from '../../src/still/blocks.ts';

const CANVAS: Canvas = { columns: 4, rows: 10, colors: 'all' };

it('a character shows two squares, one above the other', () => {
  // Above white, below black.
  const bytes = frame(8, 8, (_, y) => (y < 4 ? 235 : 16));
  expect(drawBlocks(bytes, SHAPE, { ...CANVAS, columns: 1 })).toBe(
    `${ESC}[38;2;255;255;255m${ESC}[48;2;0;0;0m▀${ESC}[0m\n`,
  );
  expect(drawBlocks(bytes, SHAPE, { ...CANVAS, columns: 1, colors: '256' })).toBe(
    `${ESC}[38;5;255m${ESC}[48;5;232m▀${ESC}[0m\n`,
  );
});

it('the shape is kept and fits into both directions', () => {
  const bytes = frame(8, 8, () => 100);
  const sizeOf = (canvas: Partial<Canvas>) => {
    const lines = drawBlocks(bytes, SHAPE, { ...CANVAS, colors: 'none', ...canvas })
      .trimEnd()
      .split('\n');
    return [lines[0]?.length, lines.length];
  };
  expect(sizeOf({ columns: 8 })).toEqual([8, 4]);
  expect(sizeOf({ columns: 80, rows: 3 })).toEqual([6, 3]);
});

it('without color a brighter square is a denser letter, and padding is not looked at', () => {
  const bytes = frame(8, 8, (x) => 16 + 30 * x, 16);
  expect(drawBlocks(bytes, { width: 8, height: 8, strideBytes: 16 }, { columns: 8, rows: 1, colors: 'none' })).toBe(
    ':#\n',
  );
  expect(drawBlocks(bytes, { width: 8, height: 8, strideBytes: 16 }, { columns: 8, rows: 4, colors: 'none' })).toMatch(
    /^( \.:=\+\*%@\n){4}$/,
  );
});

it('red is red', () => {
  const bytes = frame(8, 8, () => 81);
  // ITU-R BT.601: Y 81, U 90, V 240.
  bytes.fill(90, 64, 80).fill(240, 80);
  expect(drawBlocks(bytes, SHAPE, { ...CANVAS, columns: 1 })).toContain('38;2;254;0;0m');
  expect(drawBlocks(bytes, SHAPE, { ...CANVAS, columns: 1, colors: '256' })).toContain('38;5;196m');
});

const ESC = '\u001b';
const SHAPE = { width: 8, height: 8, strideBytes: 8 };

/** I420 without color; what pads the rows is white. */
function frame(width: number, height: number, luma: (x: number, y: number) => number, stride = width): Uint8Array {
  const bytes = new Uint8Array((stride * height * 3) / 2).fill(255, 0, stride * height).fill(128, stride * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) bytes[y * stride + x] = luma(x, y);
  return bytes;
}
