// Names are unique, references lead to nets that can do what is asked, and ages that cannot be averaged are not mixed.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { netNamed, readManifest } from '../../src/models/manifest.ts';
import { netProblems, resolvePack } from '../../src/models/references.ts';

const manifest = readManifest(fileURLToPath(new URL('../../models/manifest.json', import.meta.url)));
const [finder, faceres, ages] = ['full-range', 'faceres', 'levi-hassner-age'].map((name) => netNamed(manifest, name));
if (finder === undefined || faceres === undefined || ages === undefined) throw new Error('three nets were asked for');
const nets = [finder, faceres, ages];
const written = { description: 'A pack of a test.', detector: 'full-range', classifiers: [], calibration: null };
const asking = (net: string, ...answers: ('age' | 'gender')[]) => ({ net, answers });

describe('nets', () => {
  it('with names of their own have no problem', () => {
    expect(netProblems(nets, ['default'])).toEqual([]);
  });

  it('with the name of another net or of a pack are told by their place', () => {
    expect(netProblems([finder, faceres, finder], ['faceres'])).toEqual([
      { path: ['nets', 1, 'name'], message: 'faceres is the name of another net or of a pack, choose another' },
      { path: ['nets', 2, 'name'], message: 'full-range is there twice' },
    ]);
  });

  it('must keep the outputs that are read', () => {
    if (faceres.source.format !== 'tfjs') throw new Error('it comes from TensorFlow.js');
    const { age } = faceres.source.outputs;
    const changed = { ...faceres, source: { ...faceres.source, outputs: { age: age ?? '' } } };
    expect(netProblems([changed], [])).toEqual([
      { path: ['nets', 0, 'source', 'outputs'], message: 'gender is read but not kept' },
    ]);
  });
});

describe('a pack', () => {
  it('gets the nets in place of their names', () => {
    const { pack, problems } = resolvePack('one', { ...written, classifiers: [asking('faceres', 'gender')] }, nets);
    expect(problems).toEqual([]);
    expect(pack).toMatchObject({ name: 'one', calibration: null, classifiers: [{ answers: ['gender'] }] });
    expect([pack?.detector, pack?.classifiers[0]?.net]).toEqual([finder, faceres]);
  });

  it('of nets that are not there or unfit has every problem told by its place', () => {
    const classifiers = [asking('full-range', 'age'), asking('levi-hassner-age', 'age', 'gender')];
    const { pack, problems } = resolvePack('one', { ...written, detector: 'faceres', classifiers }, nets);
    expect(pack).toBeNull();
    expect(problems).toEqual([
      { path: ['detector'], message: 'faceres is not a detector of nets' },
      { path: ['classifiers', 0], message: 'full-range is not a classifier of nets' },
      { path: ['classifiers', 1], message: 'levi-hassner-age does not answer gender' },
    ]);
  });

  it('does not average years with classes', () => {
    const classifiers = [asking('faceres', 'age'), asking('levi-hassner-age', 'age')];
    expect(resolvePack('one', { ...written, classifiers }, nets)).toMatchObject({
      pack: null,
      problems: [{ path: ['classifiers'], message: expect.stringContaining('one in years, the other in classes') }],
    });
  });
});
