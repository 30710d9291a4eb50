// Converts a TensorFlow Lite net to ONNX, walking back from the wanted outputs.
import { type OnnxNode, onnxFile } from './onnx.ts';
import { NO_PADDING, samePadding } from './same-padding.ts';
import { sizeOf, type Tensor, transpose } from './tensor.ts';
import {
  floatsOf,
  integersOf,
  readTflite,
  type TfliteGraph,
  type TfliteOperator,
  type TfliteTensor,
} from './tflite.ts';

/** `outputs` names the tensors that are kept: new name → name in the source. */
export function tfliteToOnnx(name: string, source: Uint8Array, outputs: Readonly<Record<string, string>>): Uint8Array {
  const graph = readTflite(source);
  const wanted = Object.entries(outputs).map(([newName, oldName]) => ({ newName, index: indexNamed(graph, oldName) }));
  const draft: Draft = {
    graph,
    producers: new Map(
      graph.operators.flatMap((operator) => operator.outputs.map((index) => [index, operator] as const)),
    ),
    newNames: new Map(wanted.map(({ newName, index }) => [index, newName])),
    written: new Set(graph.inputs),
    nodes: [],
    floats: new Map(),
    integers: new Map(),
  };
  for (const { index } of wanted) write(draft, index);
  const input = tensorAt(graph, graph.inputs[0]);
  return onnxFile({
    name,
    input: { name: input.name, shape: [1, sizeOf(input.shape, 3), 'height', 'width'] },
    outputs: wanted.map(({ newName, index }) => {
      return { name: newName, shape: [1, sizeOf(tensorAt(graph, index).shape, 3), 'rows', 'columns'] };
    }),
    nodes: draft.nodes,
    floats: draft.floats,
    integers: draft.integers,
  });
}

type Draft = Readonly<{
  graph: TfliteGraph;
  producers: ReadonlyMap<number, TfliteOperator>;
  newNames: ReadonlyMap<number, string>;
  written: Set<number>;
  nodes: OnnxNode[];
  floats: Map<string, Tensor>;
  integers: Map<string, readonly number[]>;
}>;
type Conversion = (draft: Draft, operator: TfliteOperator) => Omit<OnnxNode, 'output'>;

// Codes of TensorFlow's BuiltinOperator.
const DEQUANTIZE = 6;
// TensorFlow's Padding; 0 is SAME.
const VALID = 1;
const CONVERSIONS: Readonly<Record<number, Conversion>> = {
  0: add,
  3: convolution,
  4: depthwiseConvolution,
  17: maxPool,
  19: (draft, { inputs: [from] }) => ({ operator: 'Relu', inputs: [write(draft, from)] }),
  23: resize,
  34: pad,
};

/** Writes what the tensor is computed from, then the node that computes it; gives its name. */
function write(draft: Draft, index: number | undefined): string {
  const { name } = tensorAt(draft.graph, index);
  if (index === undefined) return name;
  const output = draft.newNames.get(index) ?? name;
  if (draft.written.has(index)) return output;
  draft.written.add(index);
  const operator = draft.producers.get(index);
  const conversion = CONVERSIONS[operator?.code ?? -1];
  if (operator === undefined || conversion === undefined) {
    throw new Error(`operator ${operator?.code ?? 'none'}, which computes ${name}, has no conversion to ONNX`);
  }
  draft.nodes.push({ ...conversion(draft, operator), output });
  return output;
}

function add(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  requireZero(operator, 0, 'fused activation');
  return { operator: 'Add', inputs: operator.inputs.map((from) => write(draft, from)) };
}

function convolution(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  requireZero(operator, 3, 'fused activation');
  // [out, height, width, in] → [out, in, height, width]
  return convolve(draft, operator, [0, 3, 1, 2], 1);
}

function depthwiseConvolution(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  requireZero(operator, 4, 'fused activation');
  const channels = sizeOf(tensorAt(draft.graph, operator.inputs[0]).shape, 3);
  // [1, height, width, channels] → [channels, 1, height, width]
  return convolve(draft, operator, [3, 0, 1, 2], channels);
}

function convolve(
  draft: Draft,
  operator: TfliteOperator,
  order: readonly number[],
  group: number,
): Omit<OnnxNode, 'output'> {
  const [from, kernelIndex, biasIndex] = operator.inputs;
  const kernel = transpose(constant(draft, kernelIndex), order);
  const inputs = [
    write(draft, from),
    keepFloats(draft, tensorAt(draft.graph, kernelIndex).name, kernel),
    keepFloats(draft, tensorAt(draft.graph, biasIndex).name, constant(draft, biasIndex)),
  ];
  const kernelShape = kernel.shape.slice(2);
  return { operator: 'Conv', inputs, attributes: { group, ...windowAttributes(operator, kernelShape) } };
}

function maxPool(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  requireZero(operator, 5, 'fused activation');
  const kernelShape = [operator.option(4, 'int32'), operator.option(3, 'int32')];
  const inputs = [write(draft, operator.inputs[0])];
  return { operator: 'MaxPool', inputs, attributes: windowAttributes(operator, kernelShape) };
}

/** Convolution and pooling options begin alike: padding, then stride across and stride down. */
function windowAttributes(
  operator: TfliteOperator,
  kernelShape: readonly number[],
): NonNullable<OnnxNode['attributes']> {
  const isValid = operator.option(0, 'int8') === VALID;
  const strides = [operator.option(2, 'int32'), operator.option(1, 'int32')];
  const paddings = kernelShape.map((kernel, axis) =>
    isValid ? NO_PADDING : samePadding(kernel, sizeOf(strides, axis)),
  );
  const pads = [...paddings.map(({ before }) => before), ...paddings.map(({ after }) => after)];
  return { kernel_shape: kernelShape, strides, pads };
}

function resize(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  requireZero(operator, 2, 'aligned corners');
  if (operator.option(3, 'int8') === 0)
    throw new Error('a resize without half-pixel centers has no conversion to ONNX');
  const [from] = operator.inputs;
  const before = tensorAt(draft.graph, from).shape;
  const after = tensorAt(draft.graph, operator.outputs[0]).shape;
  const [down = 1, across = 1] = [1, 2].map((axis) => sizeOf(after, axis) / sizeOf(before, axis));
  const scales = { shape: [4], data: Float32Array.of(1, 1, down, across) };
  const noRegion = { shape: [0], data: new Float32Array(0) };
  return {
    operator: 'Resize',
    inputs: [
      write(draft, from),
      keepFloats(draft, 'no-region', noRegion),
      keepFloats(draft, `scales-${down}x${across}`, scales),
    ],
    attributes: { coordinate_transformation_mode: 'half_pixel', mode: 'linear' },
  };
}

function pad(draft: Draft, operator: TfliteOperator): Omit<OnnxNode, 'output'> {
  const [from, paddingsIndex] = operator.inputs;
  const paddings = tensorAt(draft.graph, paddingsIndex);
  // Pairs of before and after, in the order batch, height, width, channels.
  const pairs = integersOf(paddings);
  const axes = [0, 3, 1, 2];
  const pads = [...axes.map((axis) => sizeOf(pairs, 2 * axis)), ...axes.map((axis) => sizeOf(pairs, 2 * axis + 1))];
  draft.integers.set(paddings.name, pads);
  return { operator: 'Pad', inputs: [write(draft, from), paddings.name], attributes: { mode: 'constant' } };
}

/** A constant of floats; the file keeps them in half precision behind an operator that widens them. */
function constant({ graph, producers }: Draft, index: number | undefined): Tensor {
  const operator = producers.get(index ?? -1);
  const stored = tensorAt(graph, operator?.code === DEQUANTIZE ? operator.inputs[0] : index);
  return { shape: stored.shape, data: floatsOf(stored) };
}

function keepFloats({ floats }: Draft, name: string, tensor: Tensor): string {
  floats.set(name, tensor);
  return name;
}

function requireZero(operator: TfliteOperator, slot: number, meaning: string): void {
  if (operator.option(slot, 'int8') === 0) return;
  throw new Error(`operator ${operator.code} with ${meaning} has no conversion to ONNX`);
}

function indexNamed({ tensors }: TfliteGraph, name: string): number {
  const index = tensors.findIndex((tensor) => tensor.name === name);
  if (index === -1) throw new Error(`the net has no tensor named ${name}`);
  return index;
}

function tensorAt({ tensors }: TfliteGraph, index: number | undefined): TfliteTensor {
  const tensor = tensors[index ?? -1];
  if (tensor === undefined) throw new Error(`the net has no tensor ${index}`);
  return tensor;
}
