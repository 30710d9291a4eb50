// Converts face-api's age and gender net to Caffe; the architecture, a small Xception, is here, the weights are in the package.

import { type CaffeLayer, caffeDefinition, caffeEnum, caffeWeights } from './caffe.ts';
import { sameConvolution } from './caffe-convolution.ts';
import { type Tensor, transpose } from './tensor.ts';
import { readTfjsWeights, weightGroupsSchema } from './tfjs-weights.ts';

type Source = Readonly<{ weights: Uint8Array; layout: Uint8Array }>;

/** The net has one output: years, P(male), P(female). */
export function faceApiToCaffe(
  name: string,
  { weights, layout }: Source,
): { definition: Uint8Array; weights: Uint8Array } {
  const groups = weightGroupsSchema.parse(JSON.parse(new TextDecoder().decode(layout)));
  const draft: Draft = { tensors: readTfjsWeights(groups, weights), layers: [] };
  ageAndGender(draft, features(draft));
  const net = { name, input: { name: INPUT, shape: [1, 3, SIDE, SIDE] }, layers: draft.layers };
  return { definition: new TextEncoder().encode(caffeDefinition(net)), weights: caffeWeights(net) };
}

/** Weights are found, and layers named, by their path in the source. Each function adds layers and gives the last one's name. */
type Draft = Readonly<{ tensors: ReadonlyMap<string, Tensor>; layers: CaffeLayer[] }>;

const INPUT = 'data';
const SIDE = 112;
/** What is left of the picture after four halvings. */
const LAST_SIDE = SIDE / 16;

function features(draft: Draft): string {
  const entry = relu(draft, convolution(draft, 'entry_flow/conv_in', INPUT));
  // The first block's input is a ReLU's output already.
  let block = reductionBlock(draft, 'entry_flow/reduction_block_0', entry, entry);
  block = activatedReductionBlock(draft, 'entry_flow/reduction_block_1', block);
  block = mainBlock(draft, 'middle_flow/main_block_0', block);
  block = mainBlock(draft, 'middle_flow/main_block_1', block);
  block = activatedReductionBlock(draft, 'exit_flow/reduction_block', block);
  const exit = relu(draft, separable(draft, 'exit_flow/separable_conv', block));
  const parameters = { pooling_param: { pool: caffeEnum('AVE'), kernel_size: LAST_SIDE } };
  return add(draft, 'pooled', { type: 'Pooling', bottoms: [exit], parameters, weights: [] });
}

function ageAndGender(draft: Draft, pooled: string): void {
  const age = product(draft, 'fc/age', pooled);
  const gender = product(draft, 'fc/gender', pooled);
  const probabilities = add(draft, `${gender}/softmax`, plain('Softmax', [gender]));
  add(draft, 'out', { ...plain('Concat', [age, probabilities]), parameters: { concat_param: { axis: 1 } } });
}

/** The shortcut takes the input as it is, the other branch through a ReLU. */
function activatedReductionBlock(draft: Draft, path: string, from: string): string {
  return reductionBlock(draft, path, from, relu(draft, from));
}

function reductionBlock(draft: Draft, path: string, from: string, activated: string): string {
  const first = separable(draft, `${path}/separable_conv0`, activated);
  const second = separable(draft, `${path}/separable_conv1`, relu(draft, first));
  // Caffe rounds the size up, so that the last window hangs over the border as with 'same'.
  const parameters = { pooling_param: { pool: caffeEnum('MAX'), kernel_size: 3, stride: 2 } };
  const pooled = add(draft, `${path}/pool`, { type: 'Pooling', bottoms: [second], parameters, weights: [] });
  return add(draft, path, plain('Eltwise', [pooled, convolution(draft, `${path}/expansion_conv`, from)]));
}

function mainBlock(draft: Draft, path: string, from: string): string {
  let last = from;
  for (const step of [0, 1, 2]) last = separable(draft, `${path}/separable_conv${step}`, relu(draft, last));
  return add(draft, path, plain('Eltwise', [last, from]));
}

/** All whole convolutions of this net halve the picture. */
function convolution(draft: Draft, path: string, bottom: string): string {
  const kernel = transpose(tensor(draft, `${path}/filters`), OUT_IN_ROWS_COLUMNS);
  const bias = tensor(draft, `${path}/bias`);
  return add(draft, path, sameConvolution({ bottom, kernel, bias, stride: 2, group: 1 }));
}

/** Each channel by itself, then all channels of each pixel. */
function separable(draft: Draft, path: string, from: string): string {
  const depthwise = transpose(tensor(draft, `${path}/depthwise_filter`), CHANNEL_ONE_ROWS_COLUMNS);
  const group = depthwise.shape[0] ?? 0;
  const bottom = add(
    draft,
    `${path}/depthwise`,
    sameConvolution({ bottom: from, kernel: depthwise, bias: null, stride: 1, group }),
  );
  const kernel = transpose(tensor(draft, `${path}/pointwise_filter`), OUT_IN_ROWS_COLUMNS);
  const bias = tensor(draft, `${path}/bias`);
  return add(draft, path, sameConvolution({ bottom, kernel, bias, stride: 1, group: 1 }));
}

// From [rows, columns, in, out], and for depthwise filters from [rows, columns, channel, 1].
const OUT_IN_ROWS_COLUMNS = [3, 2, 0, 1];
const CHANNEL_ONE_ROWS_COLUMNS = [2, 3, 0, 1];

function product(draft: Draft, path: string, from: string): string {
  const bias = tensor(draft, `${path}/bias`);
  const parameters = { inner_product_param: { num_output: bias.data.length } };
  // [in, out] → [out, in]
  const weights = [transpose(tensor(draft, `${path}/weights`), [1, 0]), bias];
  return add(draft, path, { type: 'InnerProduct', bottoms: [from], parameters, weights });
}

/** Never in place: the shortcuts need what was there before. */
function relu(draft: Draft, from: string): string {
  return add(draft, `${from}/relu`, plain('ReLU', [from]));
}

function plain(type: string, bottoms: readonly string[]): Omit<CaffeLayer, 'name'> {
  return { type, bottoms, parameters: {}, weights: [] };
}

function add({ layers }: Draft, name: string, layer: Omit<CaffeLayer, 'name'>): string {
  layers.push({ name, ...layer });
  return name;
}

function tensor({ tensors }: Draft, name: string): Tensor {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`the weights have no tensor named ${name}`);
  return found;
}
