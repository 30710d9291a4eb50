// Reads a TensorFlow.js graph model: its nodes by name, and its constants decoded.
import { z } from 'zod';
import { fromFloat16, fromFloat32, product, type Tensor } from './tensor.ts';

export type TfjsNode = Readonly<{
  name: string;
  op: string;
  inputs: readonly string[];
  strides: readonly number[];
  padding: string;
  fusedOps: readonly string[];
  shape: readonly number[];
}>;
export type TfjsGraph = Readonly<{ nodes: ReadonlyMap<string, TfjsNode>; constants: ReadonlyMap<string, Tensor> }>;

export function readTfjs(graph: Uint8Array, weights: Uint8Array): TfjsGraph {
  const { modelTopology, weightsManifest } = fileSchema.parse(JSON.parse(new TextDecoder().decode(graph)));
  const nodes = modelTopology.node.map(
    ({ name, op, input, attr }): TfjsNode => ({
      name,
      op,
      inputs: input.map(nodeName),
      strides: numbers(attr['strides']?.list?.i),
      padding: decode(attr['padding']?.s),
      fusedOps: (attr['fused_ops']?.list?.s ?? []).map(decode),
      shape: numbers(attr['shape']?.shape?.dim?.map(({ size }) => size)),
    }),
  );
  return {
    nodes: new Map(nodes.map((node) => [node.name, node])),
    constants: readConstants(
      weightsManifest.flatMap((group) => group.weights),
      weights,
    ),
  };
}

const integer = z.union([z.string(), z.number()]);
const attributeSchema = z.object({
  s: z.string().optional(),
  list: z.object({ i: z.array(integer).optional(), s: z.array(z.string()).optional() }).optional(),
  shape: z.object({ dim: z.array(z.object({ size: integer })).optional() }).optional(),
});
const constantSchema = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string() }).optional(),
});
const fileSchema = z.object({
  modelTopology: z.object({
    node: z.array(
      z.object({
        name: z.string(),
        op: z.string(),
        input: z.array(z.string()).default([]),
        attr: z.record(z.string(), attributeSchema).default({}),
      }),
    ),
  }),
  weightsManifest: z.array(z.object({ weights: z.array(constantSchema) })),
});

// The width in bytes and the decoder of each stored type. Integers occur as axes only, so 32-bit floats hold them.
const ENCODINGS: Readonly<Record<string, { bytes: number; decode: (bytes: Uint8Array) => Float32Array }>> = {
  float32: { bytes: 4, decode: fromFloat32 },
  float16: { bytes: 2, decode: fromFloat16 },
  int32: { bytes: 4, decode: fromInt32 },
};

/** The constants lie one after the other in the order of the list, without padding. */
function readConstants(list: readonly z.infer<typeof constantSchema>[], weights: Uint8Array): Map<string, Tensor> {
  const constants = new Map<string, Tensor>();
  let position = 0;
  for (const { name, shape, dtype, quantization } of list) {
    const encoding = ENCODINGS[quantization?.dtype ?? dtype];
    if (encoding === undefined)
      throw new Error(`constant ${name} is stored as ${quantization?.dtype ?? dtype}, not read here`);
    const end = position + product(shape) * encoding.bytes;
    if (end > weights.length) throw new Error(`constant ${name} lies beyond the end of the weights`);
    constants.set(name, { shape, data: encoding.decode(weights.subarray(position, end)) });
    position = end;
  }
  return constants;
}

function fromInt32(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}

/** An input is written as node:output; the nodes of these nets have one output each. */
function nodeName(input: string): string {
  return input.replace(/:\d+$/, '');
}

function numbers(values: readonly (string | number)[] | undefined): number[] {
  return (values ?? []).map(Number);
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}
