// Writes a net as Caffe's two files: the definition as text (prototxt) and the weights as protobuf (caffemodel).
import protobuf from 'protobufjs';
import { float32Bytes, type Tensor } from './tensor.ts';

type CaffeScalar = number | boolean | string | symbol;
type CaffeValue = CaffeScalar | readonly CaffeScalar[] | { readonly [key: string]: CaffeValue };
export type CaffeLayer = Readonly<{
  name: string;
  type: string;
  bottoms: readonly string[];
  parameters: { readonly [key: string]: CaffeValue };
  weights: readonly Tensor[];
}>;
export type CaffeNet = Readonly<{
  name: string;
  input: { readonly name: string; readonly shape: readonly number[] };
  layers: readonly CaffeLayer[];
}>;

/** Every layer's output is named like the layer. */
export function caffeDefinition({ name, input, layers }: CaffeNet): string {
  const dims = input.shape.map((size) => `  dim: ${size}\n`).join('');
  const head = `name: ${JSON.stringify(name)}\ninput: ${JSON.stringify(input.name)}\ninput_shape {\n${dims}}\n`;
  const body = layers.map(({ name, type, bottoms, parameters }) =>
    text({ layer: { name, type, bottom: bottoms, top: name, ...parameters } }),
  );
  return head + body.join('');
}

export function caffeWeights({ name, layers }: CaffeNet): Uint8Array {
  const withWeights = layers.filter(({ weights }) => weights.length > 0);
  const message = {
    name,
    layer: withWeights.map(({ name, type, weights }) => ({
      name,
      type,
      blobs: weights.map((tensor) => ({ data: float32Bytes(tensor), shape: { dim: tensor.shape } })),
    })),
  };
  return netParameter.encode(message).finish();
}

/** An enum value in the definition, which is written without quotes. */
export const caffeEnum = (value: string): symbol => Symbol(value);

// The part of caffe.proto in use. A packed list of floats and bytes are the same on the wire; bytes are written at once.
const netParameter = protobuf
  .parse(`
    syntax = "proto2";
    message BlobShape { repeated int64 dim = 1 [packed = true]; }
    message BlobProto { optional bytes data = 5; optional BlobShape shape = 7; }
    message LayerParameter { optional string name = 1; optional string type = 2; repeated BlobProto blobs = 7; }
    message NetParameter { optional string name = 1; repeated LayerParameter layer = 100; }
  `)
  .root.lookupType('NetParameter');

/** A list is written as its key with each value. */
function text(fields: { readonly [key: string]: CaffeValue }, indent = ''): string {
  return Object.entries(fields)
    .map(([key, value]) => {
      if (isList(value)) return value.map((item) => `${indent}${key}: ${scalar(item)}\n`).join('');
      if (typeof value === 'object') return `${indent}${key} {\n${text(value, `${indent}  `)}${indent}}\n`;
      return `${indent}${key}: ${scalar(value)}\n`;
    })
    .join('');
}

/** Array.isArray does not tell a read-only list from the other values. */
function isList(value: CaffeValue): value is readonly CaffeScalar[] {
  return Array.isArray(value);
}

function scalar(value: CaffeScalar): string {
  if (typeof value === 'symbol') return value.description ?? '';
  return JSON.stringify(value);
}
