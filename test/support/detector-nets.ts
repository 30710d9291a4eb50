// Detectors for tests: the one that is prepared at set-up, and descriptions for the files of others.
import { fileURLToPath } from 'node:url';
import { netNamed, readManifest } from '../../src/models/manifest.ts';
import type { FullRangeSpec, HaarSpec, SsdSpec, YunetSpec } from '../../src/models/net-schema.ts';
import { type VerifiedNet, verifiedNet } from '../../src/models/verify.ts';

const ROOT = new URL('../../', import.meta.url);
const CASCADES = new URL('node_modules/@u4/opencv4nodejs/src/lib/haarcascades/', ROOT);

export function fullRangeNet(): VerifiedNet<FullRangeSpec> {
  const spec = netNamed(readManifest(fileURLToPath(new URL('models/manifest.json', ROOT))), 'full-range');
  if (spec.role !== 'detector' || spec.decoder !== 'full-range') throw new Error('full-range is another net');
  return verifiedNet(spec, fileURLToPath(new URL('models/prepared', ROOT)));
}

export function cascadePath(name: string): string {
  return fileURLToPath(new URL(name, CASCADES));
}

const file = { name: 'net', bytes: 1, sha256: '0'.repeat(64) };
const common = {
  role: 'detector',
  description: 'A detector of a test.',
  source: { format: 'own' },
  license: { name: 'none', commercialUse: 'unclear', reason: 'It is for a test.' },
} as const;

export function ssdNet(
  weightsPath: string,
  definitionPath: string,
  changed: Partial<SsdSpec> = {},
): VerifiedNet<SsdSpec> {
  const spec: SsdSpec = {
    ...common,
    name: 'ssd',
    files: { format: 'tensorflow', weights: file, definition: file },
    input: { channelOrder: 'bgr', mean: [104, 177, 123], scale: 1 },
    decoder: 'ssd',
    output: 'detection_out',
    geometry: { height: 300, keepAspect: true },
    far: { width: 533 },
    thresholds: { start: 0.5, continue: 0.4, overlap: 0.45 },
    ...changed,
  };
  return { spec, weightsPath, definitionPath };
}

export function yunetNet(weightsPath: string, changed: Partial<YunetSpec> = {}): VerifiedNet<YunetSpec> {
  const spec: YunetSpec = {
    ...common,
    name: 'yunet',
    files: { format: 'onnx', weights: file },
    input: { channelOrder: 'bgr', mean: [0, 0, 0], scale: 1 },
    decoder: 'yunet',
    outputs: { loc: 'loc', conf: 'conf', iou: 'iou' },
    geometry: { multipleOf: 32 },
    far: { width: 640 },
    thresholds: { start: 0.85, continue: 0.7, overlap: 0.3 },
    ...changed,
  };
  return { spec, weightsPath, definitionPath: null };
}

export function haarNet(weightsPath: string): VerifiedNet<HaarSpec> {
  const spec: HaarSpec = {
    ...common,
    name: 'haar',
    files: { format: 'cascade', weights: file },
    input: { channelOrder: 'bgr', mean: [0, 0, 0], scale: 1 },
    decoder: 'haar',
    geometry: { scaleFactor: 1.1, minNeighbors: 3 },
    far: { width: 640 },
    thresholds: { start: 0.5, continue: 0.3, overlap: 0.3 },
  };
  return { spec, weightsPath, definitionPath: null };
}
