// A net is handed out when its files are right; else the remedy fits where they come from.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COPY, PREPARED_MODELS, REPAIR } from '../../src/models/repair.ts';
import { remedyFor, verifiedNet } from '../../src/models/verify.ts';
import { yunetNet } from '../support/detector-nets.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { describedFile, modelBytes } from './pull/model-file.ts';

const CONTENT = modelBytes(1000);
const weights = describedFile('net.onnx', CONTENT);
const file = { ...weights, urls: ['https://models.example/net.onnx'] };
const { spec: own } = yunetNet('', { name: 'finder', files: { format: 'onnx', weights } });
const { name: _, ...content } = weights;
const pulled = { ...own, source: { format: 'download' as const, files: [file] } };
const packaged = {
  ...own,
  source: { format: 'package' as const, package: 'nets', version: '1.0.0', file: { path: 'net.onnx', ...content } },
};

it('gives the paths of a whole net', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'net.onnx'), CONTENT);
  expect(verifiedNet(own, folder)).toEqual({
    spec: own,
    weightsPath: join(folder, 'net.onnx'),
    definitionPath: null,
  });
});

it('names the file, its problem, and what is to be pulled', () => {
  const folder = tempFolder();
  const path = join(folder, 'net.onnx');
  expect(() => verifiedNet(pulled, folder)).toThrow(`${path}: is missing; fetch it with: onlooker models pull finder`);
  writeFileSync(path, CONTENT.subarray(1));
  expect(() => verifiedNet(pulled, folder, 'its-pack')).toThrow(
    `${path}: has 999 bytes instead of 1000; fetch it with: onlooker models pull its-pack`,
  );
});

it('has it copied where the configuration names a folder that nothing repairs', () => {
  expect(() => verifiedNet(packaged, tempFolder())).toThrow(COPY);
});

it('has a net from a package repaired by a command that works from any folder', () => {
  expect(remedyFor(packaged, PREPARED_MODELS)).toBe(`repair it with: ${REPAIR}`);
  const [, program = ''] = REPAIR.match(/^node "(\/.*)"$/) ?? [];
  expect(existsSync(program)).toBe(true);
});

it('leaves a net of the operator to him', () => {
  expect(remedyFor(own, PREPARED_MODELS)).toBe('correct the pack file, or bring the file back');
});
