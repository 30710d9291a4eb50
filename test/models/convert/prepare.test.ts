// Checks that model files are prepared from the real packages whole, once and repeatably, and verified before use.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreparationStep, prepareModels } from '../../../src/models/convert/prepare.ts';
import { netNamed, readManifest } from '../../../src/models/manifest.ts';
import { ModelError } from '../../../src/models/model-error.ts';
import { COPY } from '../../../src/models/repair.ts';
import { verifiedNet } from '../../../src/models/verify.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGES = join(ROOT, 'node_modules');
const manifest = readManifest(join(ROOT, 'models/manifest.json'));
const detectorOnly = { ...manifest, nets: [netNamed(manifest, 'full-range')] };
const FILES = [
  'face-api.caffemodel',
  'face-api.prototxt',
  'faceres.caffemodel',
  'faceres.prototxt',
  'full-range.onnx',
  'haarcascade_frontalface_default.xml',
];

const whole = mkdtempSync(join(tmpdir(), 'onlooker-models-'));
beforeAll(() => {
  prepare(whole);
});
afterAll(() => rmSync(whole, { recursive: true }));

describe('preparation', () => {
  it('leaves exactly the files that come in packages', () => {
    expect(readdirSync(whole).sort()).toEqual(FILES);
  });

  it('gives the same bytes again', () => {
    const again = tempFolder();
    prepare(again);
    for (const name of FILES)
      expect(readFileSync(join(again, name)).equals(readFileSync(join(whole, name)))).toBe(true);
  });

  it('skips what is there', () => {
    expect(prepare(whole)).toEqual([
      'full-range present',
      'faceres present',
      'face-api present',
      'haar-frontalface present',
    ]);
  });

  it('repairs what is broken and what a killed run left, but no download that will go on', () => {
    const folder = copyOfWhole();
    truncateSync(join(folder, 'full-range.onnx'), 2_000_000);
    writeFileSync(join(folder, 'full-range.onnx.partial'), 'half');
    const download = 'age_net.caffemodel.partial';
    writeFileSync(join(folder, download), 'half');
    utimesSync(join(folder, download), 0, 0);
    expect(prepare(folder)).toEqual([
      'full-range converting',
      'full-range prepared',
      'faceres present',
      'face-api present',
      'haar-frontalface present',
    ]);
    expect(readdirSync(folder).sort()).toEqual([download, ...FILES]);
    expect(verified(folder, 'full-range').definitionPath).toBeNull();
  });

  it('that cannot finish writing leaves nothing behind and can be repeated', () => {
    const folder = tempFolder();
    const limited = () => withFileSizeLimit(1_000_000, () => prepare(folder, detectorOnly));
    expect(limited).toThrow(/full-range\.onnx: cannot be written \(EFBIG.*; make room/);
    expect(readdirSync(folder)).toEqual([]);
    expect(prepare(folder, detectorOnly)).toEqual(['full-range converting', 'full-range prepared']);
  });

  it('names a package that is not installed', () => {
    const attempt = () =>
      prepareModels({ manifest, packagesFolder: '/nowhere', into: tempFolder(), onProgress: ignore });
    expect(attempt).toThrow(ModelError);
    expect(attempt).toThrow(
      /face_detection_full_range\.tflite: is missing; install @mediapipe\/face_detection 0\.4\.1657300184 again: remove \/nowhere\/@mediapipe\/face_detection, then run: node "\//,
    );
  });

  it('refuses a package whose file was changed, and writes nothing', () => {
    const packagesFolder = tempFolder();
    const into = tempFolder();
    const file = join('@mediapipe/face_detection', 'face_detection_full_range.tflite');
    mkdirSync(join(packagesFolder, '@mediapipe/face_detection'), { recursive: true });
    copyFileSync(join(PACKAGES, file), join(packagesFolder, file));
    flipBit(join(packagesFolder, file), 500_000);
    const attempt = () => prepareModels({ manifest, packagesFolder, into, onProgress: ignore });
    expect(attempt).toThrow(/has SHA-256 [0-9a-f]{64} instead of 99bf9494/);
    expect(readdirSync(into)).toEqual([]);
  });

  it('refuses a conversion that gives other bytes than the manifest says', () => {
    const net = netNamed(manifest, 'full-range');
    const weights = { ...net.files.weights, sha256: '0'.repeat(64) };
    const changed = { ...net, files: { format: 'onnx' as const, weights } };
    const into = tempFolder();
    expect(() => prepare(into, { ...manifest, nets: [changed] })).toThrow(/as converted has SHA-256 .* report it/);
    expect(readdirSync(into)).toEqual([]);
  });

  it('refuses a net of a kind that its package cannot give', () => {
    const net = netNamed(manifest, 'full-range');
    const { weights } = net.files;
    const definition = { ...weights, name: 'full-range.prototxt' };
    const changed = { ...net, files: { format: 'caffe' as const, weights, definition } };
    expect(() => prepare(tempFolder(), { ...manifest, nets: [changed] })).toThrow(
      /full-range: cannot be made into caffe from tflite; .* report it/,
    );
  });
});

describe('verification', () => {
  it('gives the paths of a whole net', () => {
    const { spec, weightsPath, definitionPath } = verified(whole, 'faceres');
    expect([spec.name, weightsPath, definitionPath]).toEqual([
      'faceres',
      join(whole, 'faceres.caffemodel'),
      join(whole, 'faceres.prototxt'),
    ]);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['missing', (path) => rmSync(path), /is missing/],
    ['one byte short', (path) => truncateSync(path, 13_969_448), /has 13969448 bytes instead of 13969449/],
    ['different in one bit', (path) => flipBit(path, 7_000_000), /has SHA-256 [0-9a-f]{64} instead of/],
    ['a folder', (path) => [rmSync(path), mkdirSync(path)], /cannot be read/],
  ])('refuses a file that is %s, with the remedy', (_, damage, problem) => {
    const folder = copyOfWhole();
    damage(join(folder, 'faceres.caffemodel'));
    const load = () => verified(folder, 'faceres');
    expect(load).toThrow(ModelError);
    expect(load).toThrow(problem);
    expect(load).toThrow(`${join(folder, 'faceres.caffemodel')}: `);
    expect(load).toThrow(COPY);
  });

  it('refuses a changed definition, too', () => {
    const folder = copyOfWhole();
    flipBit(join(folder, 'faceres.prototxt'), 100);
    expect(() => verified(folder, 'faceres')).toThrow(/faceres\.prototxt: has SHA-256/);
  });
});

function prepare(into: string, of = manifest): string[] {
  const steps: string[] = [];
  const onProgress = ({ net, step }: PreparationStep) => steps.push(`${net} ${step}`);
  prepareModels({ manifest: of, packagesFolder: PACKAGES, into, onProgress });
  return steps;
}

function verified(folder: string, name: string) {
  return verifiedNet(netNamed(manifest, name), folder);
}

function ignore(): void {
  return;
}

function copyOfWhole(): string {
  const folder = tempFolder();
  cpSync(whole, folder, { recursive: true });
  return folder;
}

function flipBit(path: string, position: number): void {
  const bytes = readFileSync(path);
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** A real write error in the middle of a file, without a full disk. */
function withFileSizeLimit<T>(bytes: number, work: () => T): T {
  const limit = (soft: string) => execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${soft}:`]);
  limit(`${bytes}`);
  try {
    return work();
  } finally {
    limit('unlimited');
  }
}
