// Reads the weights of TensorFlow.js: one file of bytes, and a list that says which tensor lies where and how it is stored.
import { z } from 'zod';
import { fromFloat16, fromFloat32, product, type Tensor } from './tensor.ts';

/** Groups of tensors, as the list is written in a file. */
export const weightGroupsSchema = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number()),
        dtype: z.string(),
        quantization: z
          .object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() })
          .optional(),
      }),
    ),
  }),
);

/** The tensors lie one after the other in the order of the list, without padding: a float may begin anywhere. */
export function readTfjsWeights(groups: z.output<typeof weightGroupsSchema>, bytes: Uint8Array): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  let position = 0;
  for (const { name, shape, dtype, quantization } of groups.flatMap(({ weights }) => weights)) {
    const encoding = ENCODINGS[quantization?.dtype ?? dtype];
    if (encoding === undefined)
      throw new Error(`tensor ${name} is stored as ${quantization?.dtype ?? dtype}, not read here`);
    const end = position + product(shape) * encoding.bytes;
    if (end > bytes.length) throw new Error(`tensor ${name} lies beyond the end of the weights`);
    const stored = encoding.decode(bytes.subarray(position, end));
    const { scale, min = 0 } = quantization ?? {};
    // What is stored as it is stays as it is, down to the sign of zero.
    tensors.set(name, { shape, data: scale === undefined ? stored : stored.map((value) => value * scale + min) });
    position = end;
  }
  return tensors;
}

// The width in bytes and the decoder of each stored type. Integers occur as axes only, so 32-bit floats hold them.
const ENCODINGS: Readonly<Record<string, { bytes: number; decode: (bytes: Uint8Array) => Float32Array }>> = {
  float32: { bytes: 4, decode: fromFloat32 },
  float16: { bytes: 2, decode: fromFloat16 },
  int32: { bytes: 4, decode: fromInt32 },
  uint8: { bytes: 1, decode: (bytes) => Float32Array.from(bytes) },
};

function fromInt32(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}
