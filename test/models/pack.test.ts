// A pack is chosen by name or from a pack file, its nets are verified, and what does not fit together is refused.
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/models/model-error.ts';
import { describedPack, openPack } from '../../src/models/pack.ts';
import { UnknownPackError } from '../../src/models/unknown-pack-error.ts';
import { chosen } from '../support/own-pack.ts';
import { CLASSES, classifier, pack, writePackFile } from '../support/pack-description.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CASCADE = {
  name: 'finder',
  description: 'A detector of a test.',
  role: 'detector',
  decoder: 'haar',
  files: { format: 'cascade', weights: { name: 'net.onnx' } },
  input: { channelOrder: 'bgr', mean: [0, 0, 0], scale: 1 },
  geometry: { scaleFactor: 1.1, minNeighbors: 3 },
  far: { width: 640 },
  thresholds: { start: 0.5, continue: 0.3, overlap: 0.3 },
};

describe('a pack of the manifest', () => {
  it('is found by its name', () => {
    const { pack: found, nets, packs } = describedPack({ ...chosen(''), pack: 'haar', packFile: null });
    expect(found).toMatchObject({ name: 'haar', detector: { name: 'haar-frontalface' } });
    expect(nets).toContain(found.detector);
    expect(packs).toContain(found);
  });

  it('that is not there is answered with those that are', () => {
    const choice = { ...chosen(''), pack: 'defualt', packFile: null };
    expect(() => describedPack(choice)).toThrow(UnknownPackError);
    expect(() => describedPack(choice)).toThrow(
      /models\.pack: must be one of .*default.*count-only.* \(got "defualt"\)/,
    );
  });

  it('names the missing file and what brings it', () => {
    const choice = { ...chosen(''), folder: tempFolder(), packFile: null };
    expect(() => openPack({ ...choice, pack: 'count-only' })).toThrow(
      /full-range\.onnx: is missing; copy it from .*prepared, or take models\.folder out$/,
    );
    expect(() => openPack({ ...choice, pack: 'yunet' })).toThrow(
      /yunet_2022mar\.onnx: is missing; .*models pull yunet$/,
    );
  });

  it('is pulled whole: the remedy for one of its files names the pack', () => {
    const folder = tempFolder();
    symlinkSync(join(chosen('').folder, 'full-range.onnx'), join(folder, 'full-range.onnx'));
    expect(() => openPack({ ...chosen(''), folder, pack: 'levi-hassner', packFile: null })).toThrow(
      /age_net\.caffemodel: is missing; fetch it with: onlooker models pull levi-hassner$/,
    );
  });
});

describe('an own pack', () => {
  it('has its nets verified where its file says they are, with the answers wanted', () => {
    const folder = tempFolder();
    const opened = openPack(choiceOf(folder, [CASCADE, classifier('mine')], { detector: 'finder' }));
    expect(opened).toMatchObject({
      name: 'own',
      detector: { spec: { name: 'finder' }, weightsPath: join(folder, 'net.onnx') },
      classifiers: [{ net: { spec: { name: 'mine' }, definitionPath: null }, answers: ['age', 'gender'] }],
      calibration: null,
    });
  });

  it('can use the nets of the manifest', () => {
    const choice = choiceOf(tempFolder(), [], { classifiers: [{ net: 'faceres', answers: ['gender'] }] });
    expect(describedPack(choice).pack.classifiers).toMatchObject([{ net: { name: 'faceres' }, answers: ['gender'] }]);
  });

  it('has those of its nets named that are to be pulled, since pull may not know the pack', () => {
    const answering = (net: string, answers: string[]) => ({ net, answers });
    const classifiers = [answering('levi-hassner-age', ['age']), answering('levi-hassner-gender', ['gender'])];
    const folder = tempFolder();
    const choice = { ...choiceOf(folder, [CASCADE], { detector: 'finder', classifiers }), folder };
    expect(() => openPack(choice)).toThrow(/models pull levi-hassner-age levi-hassner-gender$/);
  });

  it.each<[string, object]>([
    ['has 5 bytes instead of 7', { bytes: 7 }],
    ['SHA-256', { sha256: 'a'.repeat(64) }],
  ])('whose file %s is refused', (problem, stated) => {
    const mine = classifier('mine', { files: { format: 'onnx', weights: { name: 'net.onnx', ...stated } } });
    const choice = choiceOf(tempFolder(), [CASCADE, mine], { detector: 'finder' });
    expect(() => openPack(choice)).toThrow(problem);
    expect(() => openPack(choice)).toThrow(/net\.onnx: .*; correct the pack file, or bring the file back/);
  });

  it.each<[string, object[], object, RegExp]>([
    ['a net that is not there', [], {}, /pack\.classifiers\[0\]: mine is not a classifier of nets/],
    ['a detector that is not there', [classifier('mine')], { detector: 'no' }, /pack\.detector: no is not a detector/],
    [
      'a classifier that finds faces',
      [classifier('mine')],
      { detector: 'mine' },
      /pack\.detector: mine is not a detector/,
    ],
    [
      'a question its net does not answer',
      [classifier('mine', { age: null })],
      {},
      /classifiers\[0\]: mine does not answer age/,
    ],
    ['a net twice', [classifier('mine'), classifier('mine')], {}, /nets\[1\]\.name: mine is there twice/],
    [
      'the name of one of ours',
      [classifier('mine'), classifier('faceres')],
      {},
      /nets\[1\]\.name: faceres .*choose another/,
    ],
    [
      'the name of a pack of ours',
      [classifier('mine'), classifier('default')],
      {},
      /nets\[1\]\.name: default is the name of another net or of a pack, choose another/,
    ],
    [
      'the name of the pack itself',
      [classifier('mine'), classifier('own')],
      {},
      /nets\[1\]\.name: own is the name of another net or of a pack, choose another/,
    ],
  ])('with %s is refused', (_, nets, changed, problem) => {
    const choice = choiceOf(tempFolder(), nets, changed);
    expect(() => openPack(choice)).toThrow(ModelError);
    expect(() => openPack(choice)).toThrow(problem);
  });

  it('has several such problems listed at once', () => {
    const choice = choiceOf(tempFolder(), [classifier('mine', { age: null })], { detector: 'no' });
    expect(() => openPack(choice)).toThrow(/pack\.detector: .*; pack\.classifiers\[0\]: /);
  });
});

describe('ages of several nets', () => {
  const other = {
    ...CLASSES,
    classes: CLASSES.classes.map(({ fromYears }) => ({ fromYears, toYears: fromYears + 5 })),
  };
  const both = { classifiers: ['one', 'two'].map((net) => ({ net, answers: ['age'] })) };

  it.each<[string, object, object, RegExp]>([
    [
      'years and classes',
      {},
      { age: CLASSES },
      /pack\.classifiers: one and two answer age one in years, the other in classes/,
    ],
    [
      'different classes',
      { age: CLASSES },
      { age: other },
      /one and two answer age in different classes, which cannot be averaged/,
    ],
  ])('in %s are refused', (_, one, two, problem) => {
    const choice = choiceOf(tempFolder(), [classifier('one', one), classifier('two', two)], both);
    expect(() => describedPack(choice)).toThrow(problem);
  });

  it('in the same classes are averaged, and so are years however they are read', () => {
    const years = { kind: 'years-classes', output: 'a', firstClassYears: 0, knots: null, sdYears: 9 };
    for (const [one, two] of [
      [{ age: CLASSES }, { age: { ...CLASSES, output: 'another' } }],
      [{}, { age: years }],
    ]) {
      const choice = choiceOf(tempFolder(), [classifier('one', one), classifier('two', two)], both);
      expect(describedPack(choice).pack.classifiers).toHaveLength(2);
    }
  });

  it('do not matter where only one of the nets is asked', () => {
    const choice = choiceOf(tempFolder(), [classifier('one'), classifier('two', { age: CLASSES })], {
      classifiers: [
        { net: 'one', answers: ['age'] },
        { net: 'two', answers: ['gender'] },
      ],
    });
    expect(describedPack(choice).pack.classifiers).toHaveLength(2);
  });

  it('are checked in the manifest, too', () => {
    const manifestPath = join(tempFolder(), 'manifest.json');
    const file = { name: 'net.onnx', bytes: 5, sha256: 'a'.repeat(64) };
    const files = { format: 'onnx', weights: file };
    const finder = { ...CASCADE, files: { format: 'cascade', weights: file } };
    const nets = [finder, classifier('one', { files }), classifier('two', { files, age: CLASSES })];
    writeFileSync(
      manifestPath,
      JSON.stringify({ version: 1, nets, packs: { mixed: pack('', { detector: 'finder', ...both }) } }),
    );
    const choice = { ...chosen(''), manifestPath, pack: 'mixed', packFile: null };
    expect(() => describedPack(choice)).toThrow(/packs\.mixed\.classifiers: one and two answer age/);
  });
});

function choiceOf(folder: string, nets: readonly object[], changed: object) {
  return chosen(writePackFile(folder, { version: 1, nets, pack: pack('mine', changed) }));
}
