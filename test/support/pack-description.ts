// Builds the parts of an operator's pack file, with files whose content plays no part.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const YEARS = { kind: 'years', output: 'age', index: 0, factor: 1, knots: null, sdYears: 9 };
const MALE = { kind: 'male', output: 'gender' };
export const CLASSES = {
  kind: 'classes',
  output: 'age',
  classes: [
    { fromYears: 0, toYears: 19 },
    { fromYears: 20, toYears: 100 },
  ],
};

export function classifier(name: string, changed: object = {}) {
  return {
    name,
    description: 'A net of a test.',
    role: 'classifier',
    files: { format: 'onnx', weights: { name: 'net.onnx' } },
    input: { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 },
    geometry: { width: 32, height: 32, marginRatio: 0 },
    gender: MALE,
    age: YEARS,
    ...changed,
  };
}

export function pack(net: string, changed: object = {}) {
  return {
    description: 'A pack of a test.',
    detector: 'full-range',
    classifiers: [{ net, answers: ['age', 'gender'] }],
    ...changed,
  };
}

/** Into `folder`, with a net beside it; gives its path. */
export function writePackFile(folder: string, description: unknown): string {
  const path = join(folder, 'own.yaml');
  writeFileSync(join(folder, 'net.onnx'), 'a net');
  writeFileSync(path, typeof description === 'string' ? description : JSON.stringify(description));
  return path;
}
