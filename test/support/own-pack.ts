// Takes the pack files out of docs/models.md and puts them into a folder with the nets they describe.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackChoice } from '../../src/models/pack.ts';
import { sharedPath } from './shared.ts';

const ROOT = new URL('../../', import.meta.url);
const DOCUMENT = fileURLToPath(new URL('docs/models.md', ROOT));

export const ONNX = sharedPath('models', 'dlib_gender_32_rgb.onnx');
export const CAFFE = sharedPath('models', 'age-gender-recognition-retail-0013.caffemodel');
export const DEFINITION = sharedPath('models', 'age-gender-recognition-retail-0013.prototxt');

export type Example = 'dlib.yaml' | 'intel.yaml';

/** The example as the document prints it. */
export function examplePack(name: Example): string {
  const blocks = readFileSync(DOCUMENT, 'utf8').matchAll(/^```yaml\n(# (\S+)\n[\s\S]*?)^```$/gm);
  for (const [, text, file] of blocks) if (text !== undefined && file === name) return text;
  throw new Error(`docs/models.md has no pack file ${name}`);
}

/** Writes the example, changed, beside copies of the nets; gives what chooses it. */
export function writeExample(folder: string, name: Example, change?: (text: string) => string): PackChoice {
  for (const net of [ONNX, CAFFE, DEFINITION]) if (net !== null) copyFileSync(net, join(folder, basename(net)));
  const text = examplePack(name);
  const changed = change?.(text) ?? text;
  if (change !== undefined && changed === text) throw new Error('the change changes nothing');
  writeFileSync(join(folder, name), changed);
  return chosen(join(folder, name));
}

export function chosen(packFile: string): PackChoice {
  return {
    manifestPath: fileURLToPath(new URL('models/manifest.json', ROOT)),
    folder: fileURLToPath(new URL('models/prepared', ROOT)),
    pack: 'default',
    packFile,
  };
}
