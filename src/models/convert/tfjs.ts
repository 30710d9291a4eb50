// Reads a TensorFlow.js graph model: its nodes by name, and its constants decoded.
import { z } from 'zod';
import type { Tensor } from './tensor.ts';
import { readTfjsWeights, weightGroupsSchema } from './tfjs-weights.ts';

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
    constants: readTfjsWeights(weightsManifest, weights),
  };
}

const integer = z.union([z.string(), z.number()]);
const attributeSchema = z.object({
  s: z.string().optional(),
  list: z.object({ i: z.array(integer).optional(), s: z.array(z.string()).optional() }).optional(),
  shape: z.object({ dim: z.array(z.object({ size: integer })).optional() }).optional(),
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
  weightsManifest: weightGroupsSchema,
});

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
