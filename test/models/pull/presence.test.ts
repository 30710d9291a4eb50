// A net is ready, missing or damaged, as its worst file is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { netPresence, worst } from '../../../src/models/pull/presence.ts';
import { ssdNet } from '../../support/detector-nets.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { describedFile, modelBytes } from './model-file.ts';

const WEIGHTS = modelBytes(1000);
const DEFINITION = modelBytes(100, 2);
const { spec } = ssdNet('', '', {
  files: {
    format: 'tensorflow',
    weights: describedFile('net.pb', WEIGHTS),
    definition: describedFile('net.pbtxt', DEFINITION),
  },
});

it.each<[string, string, (folder: string) => void]>([
  ['missing', 'missing', () => undefined],
  ['missing in part', 'missing', (folder) => writeFileSync(join(folder, 'net.pb'), WEIGHTS)],
  ['cut short, the other missing', 'damaged', (folder) => writeFileSync(join(folder, 'net.pb'), WEIGHTS.subarray(1))],
  ['a folder', 'damaged', (folder) => mkdirSync(join(folder, 'net.pb'))],
])('with files that are %s is %s', (_, presence, make) => {
  const folder = tempFolder();
  make(folder);
  expect(netPresence(spec, folder).presence).toBe(presence);
});

it('tells of each file where it is and what is wrong with it', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'net.pb'), WEIGHTS);
  writeFileSync(join(folder, 'net.pbtxt'), DEFINITION.subarray(1));
  expect(netPresence(spec, folder).files).toMatchObject([
    { path: join(folder, 'net.pbtxt'), presence: 'damaged', problem: 'has 99 bytes instead of 100' },
    { path: join(folder, 'net.pb'), presence: 'ready', problem: null },
  ]);
});

it('of several the worst counts', () => {
  expect(worst(['ready', 'missing', 'damaged'])).toBe('damaged');
  expect(worst(['ready', 'missing'])).toBe('missing');
  expect(worst(['ready'])).toBe('ready');
});
