// Checks that weights of TensorFlow.js are read as they are stored, wherever they lie.
import { describe, expect, it } from 'vitest';
import { readTfjsWeights, weightGroupsSchema } from '../../../src/models/convert/tfjs-weights.ts';

const list = (weights: readonly object[]) => weightGroupsSchema.parse([{ weights }]);

describe('the weights of TensorFlow.js', () => {
  it('are widened from bytes by scale and minimum, and floats begin where the bytes before end', () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };
    const groups = list([
      { name: 'filters', shape: [3], dtype: 'float32', quantization },
      { name: 'bias', shape: [1], dtype: 'float32' },
    ]);
    const tensors = readTfjsWeights(groups, Uint8Array.of(0, 2, 255, 0x00, 0x00, 0xc0, 0x3f));
    expect(tensors.get('filters')).toEqual({ shape: [3], data: Float32Array.of(-1, 0, 126.5) });
    expect(tensors.get('bias')).toEqual({ shape: [1], data: Float32Array.of(1.5) });
  });

  it('keep the sign of zero where nothing was quantized', () => {
    const groups = list([{ name: 'bias', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } }]);
    expect(Object.is(readTfjsWeights(groups, Uint8Array.of(0x00, 0x80)).get('bias')?.data[0], -0)).toBe(true);
  });

  it('are refused when they end too early, or are stored in another way', () => {
    const bias = { name: 'bias', shape: [2], dtype: 'float32' };
    expect(() => readTfjsWeights(list([bias]), new Uint8Array(7))).toThrow('bias lies beyond the end');
    expect(() => readTfjsWeights(list([{ ...bias, dtype: 'complex64' }]), new Uint8Array(8))).toThrow(
      'bias is stored as complex64',
    );
  });
});
