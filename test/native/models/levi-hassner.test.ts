// Loads stand-ins for the Levi-Hassner weights, of full size, with the definitions that are kept here.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { netNamed, readManifest } from '../../../src/models/manifest.ts';
import { verifiedNet } from '../../../src/models/verify.ts';
import { loadNet } from '../../../src/sensor/load-net.ts';
import { forward, scope } from '../../../src/sensor/opencv.ts';
import { writeLeviHassnerTwin } from '../../support/levi-hassner-twin.ts';
import { photographPath } from '../../support/photograph.ts';
import { type Pattern, picture, pixelsOf, rings, slope } from '../../support/picture.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const manifest = readManifest(fileURLToPath(new URL('../../../models/manifest.json', import.meta.url)));
/** Faces of three photographs. */
const FACES = [
  { name: 'sample1.jpg', left: 375, top: 374 },
  { name: 'sample2.jpg', left: 1415, top: 175 },
  { name: 'sample3.jpg', left: 1059, top: 253 },
];

describe.each([
  ['age', 8, '17df363f'],
  ['gender', 2, 'a8b4bab5'],
] as const)('the %s net of Levi and Hassner', (kind, classes, sha256) => {
  it('runs with weights of full size, and tells pictures apart', async () => {
    const folder = tempFolder();
    const spec = netNamed(manifest, `levi-hassner-${kind}`);
    if (spec.files.format !== 'caffe') throw new Error('it is a Caffe net');
    const weights = writeLeviHassnerTwin(folder, kind);
    expect(weights.sha256.slice(0, 8)).toBe(sha256);
    // The published file also lists the layers that have no weights.
    expect(Math.abs(statSync(join(folder, weights.name)).size - spec.files.weights.bytes)).toBeLessThan(1500);

    const net = loadNet(verifiedNet({ ...spec, files: { ...spec.files, weights } }, folder));
    const answers = await scope(async (keep) => {
      const faces = FACES.map(({ name, ...place }) => pixelsOf(keep, photographPath(name), place, 1));
      const patterns: readonly Pattern[] = [slope, rings, ...faces];
      const given: (readonly number[])[] = [];
      for (const pattern of patterns) {
        const image = picture(keep, pattern, 'rgb', 227);
        given.push(await forward(net, image, spec.input, ['prob'], ([prob]) => [...(prob?.all() ?? [])]));
      }
      return given;
    });

    for (const answer of answers) {
      expect(answer).toHaveLength(classes);
      expect(answer.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
      expect(Math.max(...answer)).toBeLessThan(0.99);
    }
    for (const [i, answer] of answers.entries()) {
      for (const other of answers.slice(i + 1)) expect(distance(answer, other)).toBeGreaterThan(0.01);
    }
  });
});

function distance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? 0))));
}
