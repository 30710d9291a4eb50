// Writes a net as an ONNX file.
import protobuf from 'protobufjs';
import { float32Bytes, type Tensor } from './tensor.ts';

export type OnnxNode = Readonly<{
  operator: string;
  inputs: readonly string[];
  output: string;
  attributes?: { readonly [key: string]: number | string | readonly number[] };
}>;
export type OnnxNet = Readonly<{
  name: string;
  input: OnnxPort;
  outputs: readonly OnnxPort[];
  nodes: readonly OnnxNode[];
  floats: ReadonlyMap<string, Tensor>;
  integers: ReadonlyMap<string, readonly number[]>;
}>;
/** A size that is not fixed has a name. */
type OnnxPort = Readonly<{ name: string; shape: readonly (number | string)[] }>;

// Opset 14 is the newest that OpenCV 4.6 reads without complaint; IR version 7 goes with it.
const OPSET = 14;
const IR_VERSION = 7;
// Values of TensorProto.DataType and AttributeProto.AttributeType.
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

export function onnxFile(net: OnnxNet): Uint8Array {
  const initializer = [
    ...[...net.floats].map(([name, tensor]) => ({
      name,
      dims: tensor.shape,
      dataType: FLOAT,
      rawData: float32Bytes(tensor),
    })),
    ...[...net.integers].map(([name, values]) => ({
      name,
      dims: [values.length],
      dataType: INT64,
      rawData: int64Bytes(values),
    })),
  ];
  const graph = {
    name: net.name,
    node: net.nodes.map(({ operator, inputs, output, attributes = {} }) => ({
      input: inputs,
      output: [output],
      name: output,
      opType: operator,
      attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attribute(value) })),
    })),
    initializer,
    input: [port(net.input)],
    output: net.outputs.map(port),
  };
  const model = {
    irVersion: IR_VERSION,
    producerName: 'onlooker',
    opsetImport: [{ domain: '', version: OPSET }],
    graph,
  };
  return modelProto.encode(model).finish();
}

function int64Bytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setBigInt64(8 * i, BigInt(value), true);
  });
  return bytes;
}

function attribute(value: number | string | readonly number[]): object {
  if (typeof value === 'number') return { i: value, type: ATTRIBUTE_INT };
  if (typeof value === 'string') return { s: new TextEncoder().encode(value), type: ATTRIBUTE_STRING };
  return { ints: value, type: ATTRIBUTE_INTS };
}

function port({ name, shape }: OnnxPort): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

// The part of onnx.proto in use.
const modelProto = protobuf
  .parse(`
    syntax = "proto2";
    message OperatorSetId { optional string domain = 1; optional int64 version = 2; }
    message Attribute {
      optional string name = 1; optional int64 i = 3; optional bytes s = 4;
      repeated int64 ints = 8; optional int32 type = 20;
    }
    message Node {
      repeated string input = 1; repeated string output = 2; optional string name = 3;
      optional string op_type = 4; repeated Attribute attribute = 5;
    }
    message Tensor {
      repeated int64 dims = 1; optional int32 data_type = 2; optional string name = 8; optional bytes raw_data = 9;
    }
    message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
    message Shape { repeated Dimension dim = 1; }
    message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
    message Type { optional TensorType tensor_type = 1; }
    message Port { optional string name = 1; optional Type type = 2; }
    message Graph {
      repeated Node node = 1; optional string name = 2; repeated Tensor initializer = 5;
      repeated Port input = 11; repeated Port output = 12;
    }
    message Model {
      optional int64 ir_version = 1; optional string producer_name = 2; optional Graph graph = 7;
      repeated OperatorSetId opset_import = 8;
    }
  `)
  .root.lookupType('Model');
