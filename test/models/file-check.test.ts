// A file is as stated, or it is said what is wrong with it.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentOf, fileProblem } from '../../src/models/file-check.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { describedFile, modelBytes } from './pull/model-file.ts';

const CONTENT = modelBytes(1000);
const { name, ...stated } = describedFile('net.onnx', CONTENT);

it('a file with the size and hash that were read from it is as stated', () => {
  const path = join(tempFolder(), name);
  writeFileSync(path, CONTENT);
  expect(contentOf(path)).toEqual(stated);
  expect(fileProblem(path, stated)).toBeNull();
});

it.each<[string, (path: string) => unknown, RegExp]>([
  ['that is not there', () => null, /^is missing$/],
  ['that is a folder', (path) => mkdirSync(path), /^cannot be read \(EISDIR/],
  ['of another size', (path) => appendFileSync(path, modelBytes(1001)), /^has 1001 bytes instead of 1000$/],
  [
    'of another content',
    (path) => writeFileSync(path, modelBytes(1000, 2)),
    /^has SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}$/,
  ],
])('a file %s is told', (_, make, problem) => {
  const path = join(tempFolder(), name);
  make(path);
  expect(fileProblem(path, stated)).toMatch(problem);
});
