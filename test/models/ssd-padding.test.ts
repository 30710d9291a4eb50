// Checks that the graph of the SSD is mended in its two faulty places and nowhere else.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withoutSsdPadding } from '../../src/models/ssd-padding.ts';
import { sharedPath } from '../support/shared.ts';

const convolution = (name: string, padding: string) => `node {
  name: "${name}/Conv2D"
  op: "Conv2D"
  attr {
    key: "padding"
    value {
      s: "${padding}"
    }
  }
}
`;
const bias = 'node {\n  name: "conv8_2_h/BiasAdd"\n  op: "BiasAdd"\n}\n';
const graph = (first: string, second: string) =>
  [
    convolution('conv8_1_h', 'SAME'),
    convolution('conv8_2_h', first),
    bias,
    convolution('conv9_1_h', 'SAME'),
    convolution('conv9_2_h', second),
    convolution('conv9_2_mbox_loc', 'SAME'),
  ].join('');

it('takes the padding from both layers', () => {
  expect(withoutSsdPadding(graph('SAME', 'SAME'))).toBe(graph('VALID', 'VALID'));
});

it.each([
  ['lacks one of them', graph('SAME', 'SAME').replace('conv9_2_h/', 'conv9_3_h/'), 'conv9_2_h'],
  ['has one of them without padding', graph('VALID', 'SAME'), 'conv8_2_h'],
  ['is none', '<html></html>', 'conv8_2_h'],
])('refuses a text that %s', (_, text, layer) => {
  expect(() => withoutSsdPadding(text)).toThrow(`the graph has no layer ${layer} with the padding SAME`);
});

const published = sharedPath('models', 'opencv_face_detector.pbtxt');
it.skipIf(published === null)('changes two words of the published graph (skipped without shared/models)', () => {
  const text = readFileSync(published ?? '', 'utf8');
  const before = text.split('\n');
  const after = withoutSsdPadding(text).split('\n');
  expect(after).toHaveLength(before.length);
  const changed = after.flatMap((line, i) => (line === before[i] ? [] : [line.trim()]));
  expect(changed).toEqual(['s: "VALID"', 's: "VALID"']);
});
