// Runs the converted nets in OpenCV and compares them with numbers recorded from the original runtimes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { prepareModels } from '../../../src/models/convert/prepare.ts';
import { netNamed, readManifest } from '../../../src/models/manifest.ts';
import { verifiedNet } from '../../../src/models/verify.ts';
import { loadNet } from '../../../src/sensor/load-net.ts';
import { forward, type Keep, type Mat, scope } from '../../../src/sensor/opencv.ts';
import { photographPath } from '../../support/photograph.ts';
import { picture, pixelsOf, rings, slope } from '../../support/picture.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const manifest = readManifest(join(ROOT, 'models/manifest.json'));
const folder = mkdtempSync(join(tmpdir(), 'onlooker-models-'));
prepareModels({ manifest, packagesFolder: join(ROOT, 'node_modules'), into: folder, onProgress: ({ step }) => step });
afterAll(() => rmSync(folder, { recursive: true }));

describe('the full-range detector', () => {
  const { input, run } = converted('full-range');
  const runOnSlope = (width: number, height: number) =>
    run(['cls', 'reg'], (keep) => picture(keep, slope, input.channelOrder, width, height));
  const recorded = fixture(
    'full-range.json',
    z.object({
      cell: z.object({ row: z.number(), column: z.number(), cls: z.number(), reg: z.array(z.number()) }),
      meanCls: z.number(),
    }),
  );

  it('gives the numbers of TensorFlow Lite', async () => {
    const [cls = [], reg = []] = await runOnSlope(192, 192);
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
  ])('takes an input of %i x %i', async (width, height) => {
    const [cls = [], reg = []] = await runOnSlope(width, height);
    expect([cls.length, reg.length]).toEqual([(width * height) / 16, width * height]);
    expect(cls.every(Number.isFinite)).toBe(true);
  });
});

describe('faceres', () => {
  const heads = z.object({ gender: z.number(), age: z.array(z.number()) });
  const { definition, input, run } = converted('faceres');
  const recorded = fixture('faceres.json', z.object({ slope: heads, rings: heads }));

  it.each([
    ['slope', slope],
    ['rings', rings],
  ] as const)('gives the numbers of TensorFlow.js for %s', async (name, pattern) => {
    const [gender = [], age = []] = await run(['gender', 'age'], (keep) =>
      picture(keep, pattern, input.channelOrder, 224),
    );
    expect(gender).toHaveLength(1);
    expect(gender[0]).toBeCloseTo(recorded[name].gender, 5);
    expect(age).toHaveLength(100);
    for (const [year, probability] of recorded[name].age.entries()) expect(age[year]).toBeCloseTo(probability, 6);
  });

  it('ends in gender and age only, without the descriptor that could recognize somebody', () => {
    expect(endsOf(definition)).toEqual(['gender', 'age']);
  });
});

describe('face-api', () => {
  const answer = z.object({ years: z.number(), male: z.number(), female: z.number() });
  const ofPhotograph = answer.extend({ left: z.number(), top: z.number() });
  const { definition, input, run } = converted('face-api');
  const recorded = fixture(
    'face-api.json',
    z.object({ slope: answer, rings: answer, 'sample1.jpg': ofPhotograph, 'sample2.jpg': ofPhotograph }),
  );

  it.each([
    ['slope', slope],
    ['rings', rings],
  ] as const)('gives the numbers of its own runtime for %s', async (name, pattern) => {
    const out = await run(['out'], (keep) => picture(keep, pattern, input.channelOrder, 112));
    expectAnswer(out[0], recorded[name]);
  });

  it.each(['sample1.jpg', 'sample2.jpg'] as const)(
    'gives the numbers of its own runtime for a face of %s',
    async (name) => {
      const out = await run(['out'], (keep) => {
        const face = pixelsOf(keep, photographPath(name), recorded[name], 2);
        return picture(keep, face, input.channelOrder, 112);
      });
      expectAnswer(out[0], recorded[name]);
    },
  );

  it('ends in one output', () => {
    expect(endsOf(definition)).toEqual(['out']);
  });

  function expectAnswer(out: readonly number[] | undefined, { years, male, female }: z.infer<typeof answer>): void {
    expect(out).toHaveLength(3);
    expect(Math.abs((out?.[0] ?? 0) - years)).toBeLessThan(1e-3);
    expect(Math.abs((out?.[1] ?? 0) - male)).toBeLessThan(1e-5);
    expect(Math.abs((out?.[2] ?? 0) - female)).toBeLessThan(1e-5);
  }
});

/** A net as it was prepared, with a way to run it. */
function converted(name: string) {
  const verified = verifiedNet(netNamed(manifest, name), folder);
  const { input } = verified.spec;
  const net = loadNet(verified);
  const run = (outputs: readonly string[], show: (keep: Keep) => Mat) =>
    scope((keep) => forward(net, show(keep), input, outputs, (given) => given.map((output) => [...output.all()])));
  const { definitionPath } = verified;
  return { input, run, definition: definitionPath === null ? '' : readFileSync(definitionPath, 'utf8') };
}

/** The layers of a Caffe net that no other layer uses. */
function endsOf(definition: string): readonly string[] {
  const named = (key: string) =>
    [...definition.matchAll(new RegExp(`${key}: "(.*)"`, 'g'))].map(([, name = '']) => name);
  const used = new Set(named('bottom'));
  return named('top').filter((name) => !used.has(name));
}

function fixture<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(ROOT, 'test/fixtures/models', name), 'utf8')));
}
