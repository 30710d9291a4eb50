// Checks what is made of pulled files, with the published graph where it is at hand.
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { netNamed, readManifest } from '../../src/models/manifest.ts';
import { preparePulled } from '../../src/models/prepare-pulled.ts';
import { verifiedNet } from '../../src/models/verify.ts';
import { sharedPath } from '../support/shared.ts';
import { tempFolder } from '../support/temp-folder.ts';

const manifest = readManifest(fileURLToPath(new URL('../../models/manifest.json', import.meta.url)));
const GRAPH = 'opencv_face_detector.pbtxt';
const WEIGHTS = 'opencv_face_detector_uint8.pb';
const shared = sharedPath('models');

describe.skipIf(shared === null)('the SSD as published (skipped without shared/models)', () => {
  const pulled = () => {
    const folder = tempFolder();
    for (const name of [GRAPH, WEIGHTS]) copyFileSync(join(shared ?? '', name), join(folder, name));
    return folder;
  };

  it('gets its mended graph, once, of exactly the content that the manifest states', () => {
    const folder = pulled();
    const ssd = netNamed(manifest, 'res10-ssd');
    preparePulled(ssd, folder);
    expect(verifiedNet(ssd, folder).definitionPath).toBe(join(folder, 'opencv_face_detector-mended.pbtxt'));
    expect(readdirSync(folder).sort()).toEqual(['opencv_face_detector-mended.pbtxt', GRAPH, WEIGHTS].sort());
    writeFileSync(join(folder, GRAPH), 'no longer needed');
    preparePulled(ssd, folder);
    verifiedNet(ssd, folder);
  });

  it('is whole as it is for the reference mode', () => {
    const folder = pulled();
    const reference = netNamed(manifest, 'res10-ssd-reference');
    preparePulled(reference, folder);
    expect(readdirSync(folder).sort()).toEqual([GRAPH, WEIGHTS].sort());
    verifiedNet(reference, folder);
  });
});

it.each([
  ['is no graph', 'Log in to the guest network', /cannot be mended \(the graph has no layer conv8_2_h/],
  ['is missing', null, /cannot be mended \(ENOENT/],
])('leaves nothing behind when what was pulled %s', (_, content, problem) => {
  const folder = tempFolder();
  if (content !== null) writeFileSync(join(folder, GRAPH), content);
  const before = readdirSync(folder);
  expect(() => preparePulled(netNamed(manifest, 'res10-ssd'), folder)).toThrow(problem);
  expect(readdirSync(folder)).toEqual(before);
});

it('leaves nothing behind when the mended graph is another than the manifest states', () => {
  const folder = tempFolder();
  const layer = (name: string) =>
    `node {\n  name: "${name}/Conv2D"\n  attr {\n    key: "padding"\n    value {\n      s: "SAME"\n    }\n  }\n}\n`;
  writeFileSync(join(folder, GRAPH), layer('conv8_2_h') + layer('conv9_2_h'));
  expect(() => preparePulled(netNamed(manifest, 'res10-ssd'), folder)).toThrow(
    /-mended\.pbtxt: as mended has \d+ bytes/,
  );
  expect(readdirSync(folder)).toEqual([GRAPH]);
});

it.each(['yunet-2022mar', 'levi-hassner-age', 'full-range'])('makes nothing for %s', (name) => {
  const folder = tempFolder();
  preparePulled(netNamed(manifest, name), folder);
  expect(readdirSync(folder)).toEqual([]);
});
