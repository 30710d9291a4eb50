// Runs the converted nets in OpenCV and compares them with numbers recorded from the original runtimes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { prepareModels } from '../../../src/models/convert/prepare.ts';
import { readManifest } from '../../../src/models/manifest.ts';
import { verifiedNet } from '../../../src/models/verify.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const manifest = readManifest(join(ROOT, 'models/manifest.json'));
const folder = mkdtempSync(join(tmpdir(), 'onlooker-models-'));
prepareModels({ manifest, packagesFolder: join(ROOT, 'node_modules'), into: folder, onProgress: ({ step }) => step });
afterAll(() => rmSync(folder, { recursive: true }));

const cv = loadOpenCv();
type Pattern = (channel: number, y: number, x: number) => number;
const slope: Pattern = (channel, y, x) => (7 * channel + 3 * y + 5 * x) % 256;
const rings: Pattern = (channel, y, x) => (x * x + y * y + 40 * channel) % 256;

describe('the full-range detector', () => {
  const { weightsPath, spec } = verifiedNet(manifest, folder, 'full-range');
  const net = cv.readNetFromONNX(weightsPath);
  const recorded = fixture(
    'full-range.json',
    z.object({
      cell: z.object({ row: z.number(), column: z.number(), cls: z.number(), reg: z.array(z.number()) }),
      meanCls: z.number(),
    }),
  );

  it('gives the numbers of TensorFlow Lite', () => {
    const { cls = [], reg = [] } = forward(net, spec.input, 192, 192, slope, ['cls', 'reg']);
    const cells = 48 * 48;
    const cell = recorded.cell.row * 48 + recorded.cell.column;
    expect(cls).toHaveLength(cells);
    expect(reg).toHaveLength(16 * cells);
    expect(cls[cell]).toBeCloseTo(recorded.cell.cls, 4);
    for (const [channel, value] of recorded.cell.reg.entries())
      expect(reg[channel * cells + cell]).toBeCloseTo(value, 3);
    expect(cls.reduce((sum, value) => sum + value, 0) / cells).toBeCloseTo(recorded.meanCls, 4);
  });

  it.each([
    [416, 256],
    [320, 192],
    [192, 128],
    [96, 96],
    [640, 384],
  ])('takes an input of %i x %i', (width, height) => {
    const { cls = [], reg = [] } = forward(net, spec.input, width, height, slope, ['cls', 'reg']);
    expect([cls.length, reg.length]).toEqual([(width * height) / 16, width * height]);
    expect(cls.every(Number.isFinite)).toBe(true);
  });
});

describe('faceres', () => {
  const heads = z.object({ gender: z.number(), age: z.array(z.number()) });
  const { weightsPath, definitionPath, spec } = verifiedNet(manifest, folder, 'faceres');
  const net = cv.readNetFromCaffe(definitionPath ?? '', weightsPath);
  const recorded = fixture('faceres.json', z.object({ slope: heads, rings: heads }));

  it.each([
    ['slope', slope],
    ['rings', rings],
  ] as const)('gives the numbers of TensorFlow.js for %s', (name, pattern) => {
    const { gender = [], age = [] } = forward(net, spec.input, 224, 224, pattern, ['gender', 'age']);
    expect(gender).toHaveLength(1);
    expect(gender[0]).toBeCloseTo(recorded[name].gender, 5);
    expect(age).toHaveLength(100);
    for (const [year, probability] of recorded[name].age.entries()) expect(age[year]).toBeCloseTo(probability, 6);
  });

  it('ends in gender and age only, without the descriptor that could recognize somebody', () => {
    const definition = readFileSync(definitionPath ?? '', 'utf8');
    const named = (key: string) => [...definition.matchAll(new RegExp(`${key}: "(.*)"`, 'g'))].map(([, name]) => name);
    const used = new Set(named('bottom'));
    expect(named('top').filter((name) => !used.has(name))).toEqual(['gender', 'age']);
  });
});

type OpenCv = typeof import('@u4/opencv4nodejs');
type Input = (typeof manifest)['nets'][number]['input'];

/** The picture holds the channels in the order in which OpenCV keeps them: blue, green, red. */
function forward<const Name extends string>(
  net: ReturnType<OpenCv['readNetFromONNX']>,
  { channelOrder, mean, scale }: Input,
  width: number,
  height: number,
  pattern: Pattern,
  outputs: readonly Name[],
): Partial<Record<Name, number[]>> {
  const isRgb = channelOrder === 'rgb';
  const values = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return pattern(isRgb ? 2 - (i % 3) : i % 3, Math.floor(pixel / width), pixel % width);
  });
  const pixels = Buffer.from(values);
  const image = new cv.Mat(pixels, height, width, cv.CV_8UC3);
  const blob = cv.blobFromImage(image, scale, new cv.Size(width, height), new cv.Vec3(...mean), isRgb, false);
  net.setInput(blob);
  const results = net.forward([...outputs]);
  const flat = results.map((result) =>
    result.flattenFloat(
      1,
      result.sizes.reduce((product, size) => product * size, 1),
    ),
  );
  const entries = outputs.map((name, i) => [name, flat[i]?.getDataAsArray()[0] ?? []] as const);
  for (const mat of [image, blob, ...results, ...flat]) mat.release();
  // fromEntries widens the keys; they are exactly the names asked for.
  return Object.fromEntries(entries) as Partial<Record<Name, number[]>>;
}

function fixture<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(ROOT, 'test/fixtures/models', name), 'utf8')));
}

function loadOpenCv(): OpenCv {
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] = '1';
  process.env['OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING'] = '1';
  const require = createRequire(import.meta.url);
  createRequire(require.resolve('@u4/opencv4nodejs'))('@u4/opencv-build').Log.silence = true;
  return require('@u4/opencv4nodejs');
}
