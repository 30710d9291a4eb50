// Checks that the manifest is read strictly and that ours is complete.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { netNamed, readManifest } from '../../src/models/manifest.ts';
import { ModelError } from '../../src/models/model-error.ts';
import { filesOf } from '../../src/models/verify.ts';
import { tempFolder } from '../support/temp-folder.ts';

const OURS = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));

describe('our manifest', () => {
  const manifest = readManifest(OURS);
  const packNamed = (name: string) => manifest.packs.find((pack) => pack.name === name);

  it('has packs that only count, and one that answers age and gender', () => {
    expect(packNamed('count-only')).toMatchObject({ detector: { name: 'full-range' }, classifiers: [] });
    const answers = packNamed('default')?.classifiers.flatMap((one) => one.answers);
    expect(new Set(answers)).toEqual(new Set(['age', 'gender']));
  });

  it('has in clear-licences no net whose commercial use is unclear', () => {
    const pack = packNamed('clear-licences');
    expect(pack?.detector.license.commercialUse).toBe('clear');
    for (const { net } of pack?.classifiers ?? []) expect(net.license.commercialUse).toBe('clear');
  });

  it('takes every net from a package of exactly the version that is a dependency', () => {
    const root = fileURLToPath(new URL('../../package.json', import.meta.url));
    const { dependencies, devDependencies } = JSON.parse(readFileSync(root, 'utf8'));
    const packaged = manifest.nets.flatMap(({ source }) => ('package' in source ? [source] : []));
    expect(packaged.length).toBeGreaterThan(0);
    for (const source of packaged) expect({ ...dependencies, ...devDependencies }[source.package]).toBe(source.version);
  });

  it('gives a file of one name always the same content', () => {
    const hashes = new Map<string, string>();
    for (const { name, sha256 } of manifest.nets.flatMap(filesOf)) {
      expect(hashes.get(name) ?? sha256).toBe(sha256);
      hashes.set(name, sha256);
    }
  });

  it('has sizes that the full-range detector accepts', () => {
    const specs = manifest.nets.flatMap((net) =>
      net.role === 'detector' && net.decoder === 'full-range' ? [net] : [],
    );
    expect(specs).toHaveLength(1);
    for (const { far, geometry } of specs) {
      const { multipleOf, near, zoom } = geometry;
      for (const size of [far.width, near.width, near.height, zoom.size]) expect(size % multipleOf).toBe(0);
    }
  });
});

describe('a faulty manifest', () => {
  it.each<[string, (text: string) => string, RegExp]>([
    ['is not JSON', () => '{', /is not JSON/],
    ['has an unknown key', (text) => text.replace('"version": 1', '"version": 1, "verison": 1'), /verison/],
    [
      'has a wrong type',
      (text) => text.replace('"bytes": 1083984', '"bytes": "1083984"'),
      /nets\[0\]\.source\.model\.bytes/,
    ],
    [
      'has a short hash',
      (text) => text.replace(/"sha256": "../, '"sha256": "'),
      /nets\[0\]\..*64 lower-case hexadecimal/,
    ],
    ['leaves the licence open', (text) => text.replace('"unclear"', '"perhaps"'), /nets\[1\]\.license\.commercialUse/],
    [
      'names a path outside the package',
      (text) => text.replace('"models/faceres', '"../models/faceres'),
      /inside the package/,
    ],
    [
      'has a pack of an unknown net',
      (text) => text.replace('"net": "faceres"', '"net": "face"'),
      /packs\.default\.classifiers\[0\]: face is not/,
    ],
    [
      'has a detector that is none',
      (text) => text.replace('"detector": "full-range"', '"detector": "faceres"'),
      /detector: faceres/,
    ],
    ['has a net twice', (text) => text.replace('"name": "faceres"', '"name": "full-range"'), /nets\[1\]\.name.*twice/],
    [
      'gives a net the name of a pack',
      (text) => text.replace('"name": "faceres"', '"name": "default"'),
      /nets\[1\]\.name: default is the name of another net or of a pack/,
    ],
    [
      'reads an output that is not kept',
      (text) => text.replace('"scores": "cls"', '"scores": "classes"'),
      /classes is read/,
    ],
    ['has knots that do not ascend', (text) => text.replace('"rawYears": 20', '"rawYears": 5'), /knots: must ascend/],
  ])('that %s is refused', (_, damage, problem) => {
    const path = join(tempFolder(), 'manifest.json');
    writeFileSync(path, damage(readFileSync(OURS, 'utf8')));
    expect(() => readManifest(path)).toThrow(ModelError);
    expect(() => readManifest(path)).toThrow(problem);
  });

  it('has all its problems listed', () => {
    const path = join(tempFolder(), 'manifest.json');
    writeFileSync(path, '{"version": 2, "nets": []}');
    expect(() => readManifest(path)).toThrow(/version: .*nets: .*packs: /);
  });

  it('that is not there is named, with the remedy', () => {
    expect(() => readManifest('/nowhere/manifest.json')).toThrow(
      '/nowhere/manifest.json: cannot be read; restore models/manifest.json of this version',
    );
  });
});

it('has no net that is a cascade, which is a detector all the same', () => {
  const manifest = readManifest(OURS);
  expect(manifest.nets.map(({ name }) => name)).toContain('haar-frontalface');
  expect(() => netNamed(manifest, 'haar-frontalface')).toThrow(ModelError);
});

it('names the nets that exist when asked for another', () => {
  expect(() => netNamed(readManifest(OURS), 'facers')).toThrow(/facers.*full-range, faceres/);
});
