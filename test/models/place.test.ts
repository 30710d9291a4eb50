// A file comes under its name whole and right, or not at all.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partialOf, place, placeContent } from '../../src/models/place.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { describedFile, modelBytes } from './pull/model-file.ts';

const CONTENT = modelBytes(1000);
const FILE = describedFile('net.onnx', CONTENT);

describe('a partial file', () => {
  it('takes the place of a damaged one', () => {
    const path = join(tempFolder(), 'net.onnx');
    writeFileSync(path, 'damaged');
    writeFileSync(partialOf(path), CONTENT);
    expect(place(path, FILE)).toBeNull();
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['net.onnx']);
  });

  it('that is wrong leaves the right one alone, and goes', () => {
    const path = join(tempFolder(), 'net.onnx');
    writeFileSync(path, CONTENT);
    writeFileSync(partialOf(path), modelBytes(1000, 2));
    expect(place(path, FILE)).toContain('has SHA-256');
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['net.onnx']);
  });

  it('may have been placed by another pull meanwhile', () => {
    const path = join(tempFolder(), 'net.onnx');
    expect(place(path, FILE)).toBe('is missing');
    writeFileSync(path, CONTENT);
    expect(place(path, FILE)).toBeNull();
  });
});

describe('content', () => {
  it('is placed in a folder that is made for it, over what a killed run left', () => {
    const path = join(tempFolder(), 'models', 'net.onnx');
    expect(placeContent(path, CONTENT, FILE)).toBeNull();
    writeFileSync(partialOf(path), modelBytes(2000));
    expect(placeContent(path, CONTENT, FILE)).toBeNull();
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['net.onnx']);
  });

  it('that is not as stated is not placed', () => {
    const path = join(tempFolder(), 'net.onnx');
    expect(placeContent(path, CONTENT.subarray(1), FILE)).toBe('has 999 bytes instead of 1000');
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('that cannot be written is told with the path and what to do', () => {
    const file = join(tempFolder(), 'a file');
    writeFileSync(file, '');
    const path = join(file, 'net.onnx');
    expect(() => placeContent(path, CONTENT, FILE)).toThrow(`${path}: cannot be written (E`);
    expect(() => placeContent(path, CONTENT, FILE)).toThrow(
      /; make room or grant access .*run the same command again$/,
    );
  });
});
