// A file comes under its name whole and right, or not at all.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { partialOf, place } from '../../../src/models/pull/place.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { describedFile, modelBytes } from './model-file.ts';

const CONTENT = modelBytes(1000);
const FILE = describedFile('net.onnx', CONTENT);

it('takes the place of a damaged one', () => {
  const path = join(tempFolder(), 'net.onnx');
  writeFileSync(path, 'damaged');
  writeFileSync(partialOf(path), CONTENT);
  expect(place(path, FILE)).toBeNull();
  expect(readFileSync(path).equals(CONTENT)).toBe(true);
  expect(readdirSync(join(path, '..'))).toEqual(['net.onnx']);
});

it('is left alone by a wrong one, which goes', () => {
  const path = join(tempFolder(), 'net.onnx');
  writeFileSync(path, CONTENT);
  writeFileSync(partialOf(path), modelBytes(1000, 2));
  expect(place(path, FILE)).toContain('has SHA-256');
  expect(readFileSync(path).equals(CONTENT)).toBe(true);
  expect(readdirSync(join(path, '..'))).toEqual(['net.onnx']);
});

it('may have been placed by another pull meanwhile', () => {
  const path = join(tempFolder(), 'net.onnx');
  expect(place(path, FILE)).toBe('is missing');
  writeFileSync(path, CONTENT);
  expect(place(path, FILE)).toBeNull();
});
