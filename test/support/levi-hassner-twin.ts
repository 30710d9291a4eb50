// Writes stand-ins for the published Levi-Hassner weights: the same layers and size, with pseudo-random numbers that repeat.
import { createHash } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caffeWeights } from '../../src/models/convert/caffe.ts';
import { product, type Tensor } from '../../src/models/convert/tensor.ts';
import type { NetFile } from '../../src/models/net-schema.ts';

const DEFINITIONS = fileURLToPath(new URL('../../models/definitions', import.meta.url));
/** The scale of the last layer with which the answers differ from picture to picture and seldom come near 0 or 1. */
const TWINS = {
  age: { classes: 8, seed: 1, lastGain: 0.04 },
  gender: { classes: 2, seed: 2, lastGain: 0.04 },
} as const;

/** Into `folder`, under the published names and with the definition beside: 44 MB each; gives the weights' name, size and hash. */
export function writeLeviHassnerTwin(folder: string, kind: keyof typeof TWINS): NetFile {
  const content = caffeWeights({ name: `${kind}_net`, input: { name: 'data', shape: [] }, layers: layersOf(kind) });
  const name = `${kind}_net.caffemodel`;
  writeFileSync(join(folder, name), content);
  copyFileSync(join(DEFINITIONS, `${kind}_net.prototxt`), join(folder, `${kind}_net.prototxt`));
  return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function layersOf(kind: keyof typeof TWINS) {
  const { classes, seed, lastGain } = TWINS[kind];
  const random = uniform(seed);
  const layer = (name: string, type: string, shape: readonly number[], gain: number) => ({
    name,
    type,
    bottoms: [],
    parameters: {},
    weights: [randomTensor(shape, gain, random), { shape: [shape[0] ?? 0], data: new Float32Array(shape[0] ?? 0) }],
  });
  return [
    layer('conv1', 'Convolution', [96, 3, 7, 7], 1),
    layer('conv2', 'Convolution', [256, 96, 5, 5], 1),
    layer('conv3', 'Convolution', [384, 256, 3, 3], 1),
    layer('fc6', 'InnerProduct', [512, 384 * 7 * 7], 1),
    layer('fc7', 'InnerProduct', [512, 512], 1),
    layer('fc8', 'InnerProduct', [classes, 512], lastGain),
  ];
}

/**
 * With a gain of 1 the signal keeps its size through a layer and its ReLU (He et al., 2015: variance 2 / inputs). The weights of
 * each output sum to zero, else the mean of the inputs, which ReLU leaves positive, would outweigh what differs between pictures.
 */
function randomTensor(shape: readonly number[], gain: number, random: () => number): Tensor {
  const inputs = product(shape.slice(1));
  const limit = gain * Math.sqrt(6 / inputs);
  const data = new Float32Array(product(shape));
  for (let start = 0; start < data.length; start += inputs) {
    let sum = 0;
    for (let i = start; i < start + inputs; i += 1) {
      const value = limit * random();
      data[i] = value;
      sum += value;
    }
    for (let i = start; i < start + inputs; i += 1) data[i] = (data[i] ?? 0) - sum / inputs;
  }
  return { shape, data };
}

/** Numbers from −1 to 1, by Marsaglia's xorshift (13, 17, 5): the same on every machine. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
