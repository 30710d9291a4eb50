// Tests sampling of the brightness plane: padding of the rows is never read, and beyond the frame its edge goes on.
import { expect, it } from 'vitest';
import { frameBytes, planesOf, sampled } from '../../src/sensor/luma.ts';

const SHAPE = { width: 60, height: 40, strideBytes: 64 };

it('counts three halves of the padded brightness plane as a frame', () => {
  expect(frameBytes({ width: 640, height: 480, strideBytes: 640 })).toBe(460_800);
  expect(frameBytes(SHAPE)).toBe(3840);
});

it('finds the planes of color behind that of brightness, with half of its rows and padding', () => {
  const half = { width: 30, height: 20, strideBytes: 32 };
  expect(planesOf(SHAPE)).toEqual([
    { from: 0, width: 60, height: 40, strideBytes: 64 },
    { from: 2560, ...half },
    { from: 3200, ...half },
  ]);
});

it('samples the pixels of the box and not the padding', () => {
  const luma = { bytes: plane((x, y) => (x < 30 ? 10 : 200) + (y < 20 ? 0 : 5)), shape: SHAPE };
  expect([...sampled(luma, { x: 0, y: 0, width: 60, height: 40 }, 2, 3)]).toEqual([10, 200, 15, 205]);
});

it('repeats the edge of the frame outside it', () => {
  const luma = { bytes: plane((x) => (x === 0 ? 7 : 100)), shape: SHAPE };
  expect([...sampled(luma, { x: -60, y: -40, width: 60, height: 40 }, 2, 3)]).toEqual([7, 7, 7, 7]);
});

function plane(value: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: frameBytes(SHAPE) }, (_, index) => {
    const x = index % SHAPE.strideBytes;
    return x < SHAPE.width ? value(x, Math.floor(index / SHAPE.strideBytes)) : 255;
  });
}
