// Checks how face-api's net is laid out for Caffe; that it computes the same is checked with OpenCV.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { faceApiToCaffe } from '../../../src/models/convert/face-api-to-caffe.ts';

const MODEL = new URL('../../../node_modules/@vladmandic/face-api/model/', import.meta.url);
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, MODEL)));
const weights = read('age_gender_model.bin');
const layout = read('age_gender_model-weights_manifest.json');

it('gives every layer its own name and lets none overwrite its input, which the shortcuts need', () => {
  const text = new TextDecoder().decode(faceApiToCaffe('face-api', { weights, layout }).definition);
  const layers = text.split('layer {').slice(1);
  const all = (layer: string, key: string) => [...layer.matchAll(new RegExp(`${key}: "(.*)"`, 'g'))].map(([, n]) => n);
  const names = layers.flatMap((layer) => all(layer, 'name'));
  expect(new Set(names).size).toBe(layers.length);
  for (const layer of layers) {
    expect(all(layer, 'top')).toEqual(all(layer, 'name'));
    expect(all(layer, 'bottom')).not.toContain(all(layer, 'top')[0]);
  }
  expect(layers.filter((layer) => layer.includes('"Eltwise"'))).toHaveLength(5);
});

it('names what the weights lack', () => {
  const other = layout.toString().replace('fc/age/bias', 'fc/age/offset');
  expect(() => faceApiToCaffe('face-api', { weights, layout: Buffer.from(other) })).toThrow(
    'the weights have no tensor named fc/age/bias',
  );
});
