// The nets are verified before anything starts, and only those of the pack are there.
import { copyFileSync, existsSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { chooseNets, describeNets } from '../../src/daemon/nets.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { ModelError } from '../../src/models/model-error.ts';
import { COPY, PREPARED_MODELS } from '../../src/models/repair.ts';
import { UnknownPackError } from '../../src/models/unknown-pack-error.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DETECTOR = 'full-range.onnx';
const isPrepared = readManifest(MANIFEST_PATH)
  .nets.filter(({ source }) => 'package' in source)
  .every(({ files }) => existsSync(join(PREPARED_MODELS, files.weights.name)));

describe.skipIf(!isPrepared)('prepared nets (need node deploy/bootstrap.mjs)', () => {
  it('of the default pack tell age and gender', () => {
    const nets = chooseNets(configOf({}));
    expect(describeNets(nets).models[0]?.role).toBe('detector');
    expect(describeNets(nets).models.some(({ role }) => role === 'classifier')).toBe(true);
    for (const { sha256 } of describeNets(nets).models) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of the pack that only counts need no classifier to be there', () => {
    const folder = tempFolder();
    symlinkSync(join(PREPARED_MODELS, DETECTOR), join(folder, DETECTOR));
    expect(chooseNets(configOf({ pack: 'count-only', folder }))).toMatchObject({
      choice: { folder },
      pack: { classifiers: [] },
    });
    expect(() => chooseNets(configOf({ folder }))).toThrow(/faceres\.\w+: is missing/);
  });

  it('that lost a byte are refused with the size and the remedy', () => {
    const folder = tempFolder();
    const path = join(folder, DETECTOR);
    copyFileSync(join(PREPARED_MODELS, DETECTOR), path);
    const { length } = readFileSync(path);
    truncateSync(path, length - 1);
    expect(() => chooseNets(configOf({ pack: 'count-only', folder }))).toThrow(
      `${path}: has ${length - 1} bytes instead of ${length}; ${COPY}`,
    );
  });
});

it('names the packs when there is none of that name', () => {
  const choose = () => chooseNets(configOf({ pack: 'best' }));
  expect(choose).toThrow(UnknownPackError);
  expect(choose).toThrow(expect.objectContaining({ exitCode: 78 }));
  expect(choose).toThrow(/models\.pack: must be one of default, .*count-only.* \(got "best"\)/);
});

it('names the file that is missing, where it belongs and what to do', () => {
  const folder = join(tempFolder(), 'nothing');
  const choose = () => chooseNets(configOf({ folder }));
  expect(choose).toThrow(ModelError);
  expect(choose).toThrow(`${join(folder, DETECTOR)}: is missing; ${COPY}`);
});

function configOf(models: Readonly<{ pack?: string; folder?: string }>) {
  const { config } = loadConfig(null, { hostname: 'lobby' });
  return { ...config, models: { ...config.models, ...models } };
}
