// Checks what is done to tensors between the formats.
import { expect, it } from 'vitest';
import { samePadding } from '../../../src/models/convert/same-padding.ts';
import {
  float32Bytes,
  fromFloat16,
  fromFloat32,
  scaleFirstAxis,
  transpose,
  zeroBefore,
} from '../../../src/models/convert/tensor.ts';

const tensor = (shape: number[], values: number[]) => ({ shape, data: Float32Array.from(values) });

it('reorders axes', () => {
  expect(transpose(tensor([2, 3], [1, 2, 3, 4, 5, 6]), [1, 0])).toEqual(tensor([3, 2], [1, 4, 2, 5, 3, 6]));
  const cube = tensor([1, 2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(transpose(cube, [0, 3, 1, 2])).toEqual(tensor([1, 3, 2, 2], [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]));
  expect(transpose(transpose(cube, [3, 0, 1, 2]), [1, 2, 3, 0])).toEqual(cube);
});

it('puts zeros before each plane', () => {
  const planes = tensor([2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  expect(zeroBefore(planes)).toEqual(tensor([2, 1, 3, 3], [0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0, 0, 5, 6, 0, 7, 8]));
});

it('scales each output channel', () => {
  const kernel = tensor([2, 2], [1, 2, 3, 4]);
  expect(scaleFirstAxis(kernel, Float32Array.of(10, 100))).toEqual(tensor([2, 2], [10, 20, 300, 400]));
});

it('reads half precision exactly, from any position', () => {
  const bytes = Uint8Array.of(0xff, 0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x04, 0x00, 0x7c, 0x00, 0x7e);
  const values = [1, -2, 65504, 2 ** -24, 2 ** -14, Number.POSITIVE_INFINITY, Number.NaN];
  expect(fromFloat16(bytes.subarray(1))).toEqual(Float32Array.from(values));
});

it('writes and reads 32-bit floats', () => {
  const values = [0, -1.5, 3.25e10];
  expect(fromFloat32(float32Bytes(tensor([3], values)))).toEqual(Float32Array.from(values));
});

it("pads as TensorFlow's 'same' does", () => {
  expect(samePadding(3, 1)).toEqual({ before: 1, after: 1 });
  expect(samePadding(3, 2)).toEqual({ before: 0, after: 1 });
  expect(samePadding(5, 2)).toEqual({ before: 1, after: 2 });
  expect(samePadding(1, 2)).toEqual({ before: 0, after: 0 });
  expect(samePadding(2, 2)).toEqual({ before: 0, after: 0 });
});
