// A pack file is read strictly, each fault is named with its place, and docs/models.md has exactly the keys that there are.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readManifest } from '../../src/models/manifest.ts';
import { ModelError } from '../../src/models/model-error.ts';
import { packFileSchema, readPackFile } from '../../src/models/pack-file.ts';
import { classifier, pack, writePackFile, YEARS } from '../support/pack-description.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SHA256 = 'a'.repeat(64);
const manifest = readManifest(fileURLToPath(new URL('../../models/manifest.json', import.meta.url)));
const readOwn = (path: string) => readPackFile(path, manifest);
const own = (changed: object = {}) => ({ version: 1, nets: [classifier('mine', changed)], pack: pack('mine') });

describe('a pack file', () => {
  it('is taken with its files as they are, and unclear without a license', () => {
    const folder = tempFolder();
    const { nets, pack: read } = readOwn(writePackFile(folder, own()));
    expect(read).toMatchObject({ name: 'own', calibration: null, classifiers: [{ net: nets[0] }] });
    expect(nets[0]).toMatchObject({
      files: { weights: { name: join(folder, 'net.onnx'), bytes: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      license: { commercialUse: 'unclear' },
      geometry: { mirrored: false },
      source: { format: 'own' },
    });
  });

  it('may be JSON or YAML, and name files by paths from its folder', () => {
    const folder = tempFolder();
    writePackFile(folder, '');
    const text = `version: 1\npack: { description: Mine., detector: full-range, classifiers: [] }`;
    expect(readOwn(writePackFile(folder, text))).toMatchObject({
      nets: [],
      pack: { detector: { name: 'full-range' } },
    });
    const elsewhere = own({ files: { format: 'onnx', weights: { name: join(folder, 'net.onnx') } } });
    expect(readOwn(writePackFile(tempFolder(), elsewhere)).nets[0]?.files.weights.name).toBe(join(folder, 'net.onnx'));
  });
});

describe('a faulty pack file', () => {
  const weights = (more: object) => own({ files: { format: 'onnx', weights: { name: 'net.onnx', ...more } } });
  it.each<[string, unknown, RegExp]>([
    ['is not YAML', 'version: [', /own\.yaml: cannot be read as YAML \(.* at line 1, column \d+\); docs\/models\.md/],
    ['is empty', '', /\(the file: .*expected object/],
    ['is a list', '- version', /\(the file: .*expected object/],
    ['is of another version', { ...own(), version: 2 }, /version: /],
    ['has an unknown key', { ...own(), packs: 1 }, /Unrecognized key: "packs"/],
    ['has an unknown key inside', own({ age: { ...YEARS, sdYear: 1 } }), /nets\[0\]\.age: Unrecognized key: "sdYear"/],
    ['has no pack', { version: 1 }, /\(pack: /],
    [
      'has a text for a number',
      own({ geometry: { width: '32', height: 32, marginRatio: 0 } }),
      /nets\[0\]\.geometry\.width/,
    ],
    ['has a size of 0', own({ geometry: { width: 32, height: 0, marginRatio: 0 } }), /nets\[0\]\.geometry\.height/],
    ['has two means', own({ input: { channelOrder: 'rgb', mean: [0, 0], scale: 1 } }), /nets\[0\]\.input\.mean/],
    ['has an unknown role', own({ role: 'classifer' }), /nets\[0\]\.role: .*'classifier'/],
    ['has an unknown format', own({ files: { format: 'darknet' } }), /nets\[0\]\.files\.format: .*'onnx' \| 'caffe'/],
    [
      'lacks a definition',
      own({ files: { format: 'caffe', weights: { name: 'net.onnx' } } }),
      /nets\[0\]\.files\.definition/,
    ],
    [
      'has an unknown kind',
      own({ gender: { kind: 'female', output: 'a' } }),
      /nets\[0\]\.gender\.kind: .*'male' \| 'classes'/,
    ],
    [
      'has one class',
      own({ age: { kind: 'classes', output: 'a', classes: [{ fromYears: 0, toYears: 9 }] } }),
      /age\.classes/,
    ],
    [
      'asks for what there is not',
      { ...own(), pack: pack('mine', { classifiers: [{ net: 'mine', answers: ['mood'] }] }) },
      /pack\.classifiers\[0\]\.answers\[0\]: .*"age"/,
    ],
    [
      'names a file that is missing',
      own({ files: { format: 'onnx', weights: { name: 'no.onnx' } } }),
      /weights: \/.*\/no\.onnx is missing/,
    ],
    [
      'names a folder',
      own({ files: { format: 'onnx', weights: { name: '.' } } }),
      /nets\[0\]\.files\.weights: .*cannot be read/,
    ],
    ['has a short hash', weights({ sha256: 'abc' }), /nets\[0\]\.files\.weights\.sha256: must be 64/],
    [
      'says where a net comes from',
      own({ source: { format: 'package', package: 'a', version: '1', file: { path: 'a', bytes: 1, sha256: SHA256 } } }),
      /nets\[0\]\.source: has no place/,
    ],
  ])('that %s is refused', (_, description, problem) => {
    const path = writePackFile(tempFolder(), description);
    expect(() => readOwn(path)).toThrow(ModelError);
    expect(() => readOwn(path)).toThrow(problem);
  });

  it('that names an empty file is refused', () => {
    const folder = tempFolder();
    const path = writePackFile(folder, own());
    writeFileSync(join(folder, 'net.onnx'), '');
    expect(() => readOwn(path)).toThrow(/nets\[0\]\.files\.weights: .*net\.onnx is empty/);
  });

  it('that has the name of a net or pack of ours is refused', () => {
    const folder = tempFolder();
    for (const name of ['faceres', 'default']) {
      const path = join(folder, `${name}.yaml`);
      copyFileSync(writePackFile(folder, own()), path);
      expect(() => readOwn(path)).toThrow(`(the file: ${name} is the name of another net or pack, rename it)`);
    }
  });

  it('that is not there is said to be missing', () => {
    expect(() => readOwn('/nowhere/own.yaml')).toThrow('/nowhere/own.yaml: is missing; correct models.packFile');
  });

  it('has all its problems listed', () => {
    const faults = {
      files: { format: 'onnx', weights: { name: 'no.onnx' } },
      geometry: { width: 0, height: 32, marginRatio: 0 },
      age: { ...YEARS, index: -1 },
    };
    const path = writePackFile(tempFolder(), { ...own(faults), pack: pack('mine', { detector: 3 }) });
    expect(() => readOwn(path)).toThrow(
      /nets\[0\]\.files\.weights: .*nets\[0\]\.geometry\.width: .*nets\[0\]\.age\.index: .*pack\.detector: /,
    );
  });
});

describe('docs/models.md', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/models.md', import.meta.url)), 'utf8');
  const described = text.slice(text.indexOf('### The keys of a pack file'));
  const schema = z.toJSONSchema(packFileSchema('/'), { io: 'input' });
  /** Of a detector the manifest is the pattern; nobody else states a source. */
  const classifiers = JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'source' || value?.properties?.role?.const === 'detector' ? undefined : value,
  );
  const keys = [...new Set(keysIn(classifiers))];

  it('describes every key', () => {
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !described.includes(`\`${key}\``))).toEqual([]);
  });

  it('describes no key that there is not', () => {
    const firsts = [...described.matchAll(/^\| `(\w+)`(?:, `(\w+)`)? \|/gm)].flatMap(([, ...names]) =>
      names.filter(Boolean),
    );
    const kinds = ['male', 'classes', 'years', 'years-classes'];
    expect(firsts.filter((name) => !keys.includes(name) && !kinds.includes(name))).toEqual([]);
  });
});

function keysIn(schema: unknown): readonly string[] {
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' ? [...Object.keys(value), ...Object.values(value).flatMap(keysIn)] : keysIn(value),
  );
}
