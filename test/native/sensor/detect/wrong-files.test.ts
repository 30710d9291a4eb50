// Tests that a file which is not the detector its description names is refused with an error that says so.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../../../src/models/model-error.ts';
import type { DetectorSpec, FullRangeSpec, SsdSpec } from '../../../../src/models/net-schema.ts';
import type { VerifiedNet } from '../../../../src/models/verify.ts';
import { openDetector } from '../../../../src/sensor/detect/open-detector.ts';
import { scope } from '../../../../src/sensor/opencv.ts';
import { cascadePath, fullRangeNet, haarNet, ssdNet, yunetNet } from '../../../support/detector-nets.ts';
import { photograph } from '../../../support/photograph.ts';

const folder = mkdtempSync(join(tmpdir(), 'onlooker-wrong-'));
afterAll(() => rmSync(folder, { recursive: true }));
const onnx = fullRangeNet();
const asOnnx: Pick<SsdSpec, 'files' | 'geometry'> = {
  geometry: { height: 320, keepAspect: false },
  files: { format: 'onnx', weights: { name: 'net', bytes: 1, sha256: '0'.repeat(64) } },
};
const swapped: FullRangeSpec = { ...onnx.spec, outputs: { scores: 'reg', boxes: 'cls' } };

describe('a net with other outputs', () => {
  it.each<[string, VerifiedNet<DetectorSpec>, string]>([
    ['SSD', ssdNet(onnx.weightsPath, '', { ...asOnnx, output: 'cls' }), 'are not those of a ssd net'],
    ['YuNet', yunetNet(onnx.weightsPath, { outputs: { loc: 'cls', conf: 'cls', iou: 'reg' } }), 'of a yunet net'],
    ['full-range', { ...onnx, spec: swapped }, 'are not those of a full-range net'],
    ['one without the output', yunetNet(onnx.weightsPath), 'loc, conf, iou: not given by the net'],
  ])('is refused as %s', async (_, net, problem) => {
    const refused = detectWith(net);
    await expect(refused).rejects.toBeInstanceOf(ModelError);
    await expect(refused).rejects.toThrow(problem);
  });
});

describe('a file of another kind', () => {
  it.each<[string, () => VerifiedNet<DetectorSpec>, string]>([
    ['a cascade as a graph', () => ssdNet(cascade, cascade), 'cannot be read by OpenCV as tensorflow'],
    ['a cascade as ONNX', () => yunetNet(cascade), 'cannot be read by OpenCV as onnx'],
    ['a net as a cascade', () => haarNet(onnx.weightsPath), 'is not a file of OpenCV'],
    ['half a cascade', () => haarNet(written('half.xml', (text) => text.slice(0, text.length / 2))), 'is damaged'],
    ['a cascade without stages', () => haarNet(written('bare.xml', withoutStages)), 'cannot be read by OpenCV as a'],
  ])('%s is refused at the start', (_, net, problem) => {
    const open = () => openDetector(net(), { width: 64, height: 64 }, { farWidth: null, minConfidence: 0.3 });
    expect(open).toThrow(ModelError);
    expect(open).toThrow(problem);
  });
});

const cascade = cascadePath('haarcascade_frontalface_default.xml');

function detectWith(net: VerifiedNet<DetectorSpec>): Promise<unknown> {
  const detector = openDetector(net, { width: 320, height: 256 }, { farWidth: 320, minConfidence: 0.3 });
  return scope((keep) => detector.detect(keep, photograph(keep, 'sample6.jpg', 320, 256)));
}

function written(name: string, change: (text: string) => string): string {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(cascade, 'utf8')));
  return path;
}

function withoutStages(text: string): string {
  return text.replace(/<stages>.*<\/stages>/s, '<stages></stages>');
}
