// Converts a TensorFlow.js graph model to Caffe, walking back from the wanted outputs.

import { type CaffeLayer, caffeDefinition, caffeEnum, caffeWeights } from './caffe.ts';
import { sameConvolution } from './caffe-convolution.ts';
import { scaleFirstAxis, sizeOf, type Tensor, transpose } from './tensor.ts';
import { readTfjs, type TfjsGraph, type TfjsNode } from './tfjs.ts';

type Source = Readonly<{ graph: Uint8Array; weights: Uint8Array }>;

/** `outputs` names the nodes that are kept: new name → name in the source. */
export function tfjsToCaffe(
  name: string,
  source: Source,
  outputs: Readonly<Record<string, string>>,
): { definition: Uint8Array; weights: Uint8Array } {
  const graph = readTfjs(source.graph, source.weights);
  const newNames = new Map(Object.entries(outputs).map(([newName, oldName]) => [oldName, newName]));
  const draft: Draft = { graph, newNames, written: new Map(), layers: [] };
  for (const oldName of newNames.keys()) write(draft, oldName);
  const net = { name, input: { name: INPUT, shape: inputShape(graph) }, layers: draft.layers };
  return { definition: new TextEncoder().encode(caffeDefinition(net)), weights: caffeWeights(net) };
}

type Draft = Readonly<{
  graph: TfjsGraph;
  newNames: ReadonlyMap<string, string>;
  /** Name of a node → name of the layer that computes it. */
  written: Map<string, string>;
  layers: CaffeLayer[];
}>;
type Conversion = (draft: Draft, node: TfjsNode) => Omit<CaffeLayer, 'name'>;

const INPUT = 'data';
const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  Conv2D: convolution,
  DepthwiseConv2dNative: convolution,
  Mul: convolution,
  Add: convolution,
  Maximum: relu6,
  Relu: plain('ReLU'),
  Sigmoid: plain('Sigmoid'),
  Softmax: plain('Softmax'),
  Mean: globalAverage,
  _FusedMatMul: product,
};

/** Writes what the node is computed from, then its layer; gives the name of that layer. */
function write(draft: Draft, nodeName: string): string {
  const known = draft.written.get(nodeName);
  if (known !== undefined) return known;
  const node = nodeNamed(draft, nodeName);
  if (node.op === 'Placeholder') return INPUT;
  const conversion = CONVERSIONS[node.op];
  if (conversion === undefined) throw unsupported(node, `an operator ${node.op}`);
  const layer = { name: draft.newNames.get(nodeName) ?? nodeName, ...conversion(draft, node) };
  draft.layers.push(layer);
  draft.written.set(nodeName, layer.name);
  return layer.name;
}

function plain(type: string): Conversion {
  return (draft, { inputs: [from = ''] }) => ({ type, bottoms: [write(draft, from)], parameters: {}, weights: [] });
}

/** Takes a convolution with the factor and the bias that follow it, which are a folded batch norm. */
function convolution(draft: Draft, node: TfjsNode): Omit<CaffeLayer, 'name'> {
  const { inner: scaled, constant: bias } = peel(draft, node, 'Add');
  const { inner: convolved, constant: factors } = peel(draft, scaled, 'Mul');
  const isDepthwise = convolved.op === 'DepthwiseConv2dNative';
  if (!isDepthwise && convolved.op !== 'Conv2D') throw unsupported(node, `a ${node.op} that follows no convolution`);
  const [from = '', kernelName = ''] = convolved.inputs;
  // [height, width, in, out] → [out, in, height, width]; depthwise [height, width, channels, 1] → [channels, 1, height, width]
  const kernel = transpose(constantNamed(draft, kernelName), isDepthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]);
  if (isDepthwise && kernel.shape[1] !== 1) throw unsupported(convolved, 'a depthwise convolution with a multiplier');
  const group = isDepthwise ? sizeOf(kernel.shape, 0) : 1;
  const stride = strideOf(convolved, kernel);
  const scaledKernel = factors === null ? kernel : scaleFirstAxis(kernel, factors.data);
  return sameConvolution({ bottom: write(draft, from), kernel: scaledKernel, bias, stride, group });
}

/** Also refuses the windows that are not square or not padded alike. */
function strideOf(node: TfjsNode, kernel: Tensor): number {
  const [, stride = 1, strideAcross] = node.strides;
  const [size, width] = kernel.shape.slice(2);
  if (size === width && stride === strideAcross && node.padding === 'SAME') return stride;
  throw unsupported(node, `a convolution of ${size}x${width}, strides ${node.strides}, padding ${node.padding}`);
}

/** Maximum(Minimum(Relu(x), 6), 0) is one layer. */
function relu6(draft: Draft, node: TfjsNode): Omit<CaffeLayer, 'name'> {
  const { inner: upper, constant: floor } = peel(draft, node, 'Maximum');
  const { inner, constant: ceiling } = peel(draft, upper, 'Minimum');
  if (floor?.data[0] !== 0 || ceiling?.data[0] !== 6) throw unsupported(node, 'a clip to other limits than 0 and 6');
  const from = inner.op === 'Relu' ? (inner.inputs[0] ?? '') : inner.name;
  return { type: 'ReLU6', bottoms: [write(draft, from)], parameters: {}, weights: [] };
}

function globalAverage(draft: Draft, node: TfjsNode): Omit<CaffeLayer, 'name'> {
  const [from = '', axes = ''] = node.inputs;
  if (constantNamed(draft, axes).data.join() !== '1,2')
    throw unsupported(node, 'a mean over other axes than the picture’s');
  const parameters = { pooling_param: { pool: caffeEnum('AVE'), global_pooling: true } };
  return { type: 'Pooling', bottoms: [write(draft, from)], parameters, weights: [] };
}

function product(draft: Draft, node: TfjsNode): Omit<CaffeLayer, 'name'> {
  const [from = '', matrix = '', bias = ''] = node.inputs;
  const [first, activation = 'none', ...others] = node.fusedOps;
  if (first !== 'BiasAdd' || others.length > 0) throw unsupported(node, `a product fused with ${node.fusedOps}`);
  // [in, out] → [out, in]
  const weights = [transpose(constantNamed(draft, matrix), [1, 0]), constantNamed(draft, bias)];
  const parameters = { inner_product_param: { num_output: sizeOf(weights[0]?.shape ?? [], 0) } };
  const layer = { type: 'InnerProduct', bottoms: [write(draft, from)], parameters, weights };
  if (activation === 'none') return layer;
  if (activation !== 'Relu') throw unsupported(node, `a product fused with ${activation}`);
  const name = `${node.name}/product`;
  draft.layers.push({ name, ...layer });
  return { type: 'ReLU', bottoms: [name], parameters: {}, weights: [] };
}

/** Splits op(x, constant) into x and the constant; any other node is left as it is. */
function peel(draft: Draft, node: TfjsNode, op: string): { inner: TfjsNode; constant: Tensor | null } {
  if (node.op !== op) return { inner: node, constant: null };
  const [inner = '', constant = ''] = node.inputs;
  return { inner: nodeNamed(draft, inner), constant: constantNamed(draft, constant) };
}

function inputShape({ nodes }: TfjsGraph): number[] {
  const [, height, width, channels] = [...nodes.values()].find(({ op }) => op === 'Placeholder')?.shape ?? [];
  if (height === undefined || width === undefined || channels === undefined) throw new Error('the net has no input');
  return [1, channels, height, width];
}

function nodeNamed({ graph }: Draft, name: string): TfjsNode {
  const node = graph.nodes.get(name);
  if (node === undefined) throw new Error(`the net has no node named ${name}`);
  return node;
}

function constantNamed({ graph }: Draft, name: string): Tensor {
  const constant = graph.constants.get(name);
  if (constant === undefined) throw new Error(`the net has no constant named ${name}`);
  return constant;
}

function unsupported({ name }: TfjsNode, what: string): Error {
  return new Error(`${name}: ${what} has no conversion to Caffe`);
}
