// Tests telling sound cascades from files on which OpenCV would end the process.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cascadeProblem } from '../../../src/sensor/detect/cascade-file.ts';

const CASCADES = new URL('../../../node_modules/@u4/opencv4nodejs/src/lib/haarcascades/', import.meta.url);
const whole = readFileSync(fileURLToPath(new URL('haarcascade_frontalface_default.xml', CASCADES)), 'utf8');

describe('cascadeProblem', () => {
  it('has nothing against the published cascades', () => {
    const other = readFileSync(fileURLToPath(new URL('haarcascade_profileface.xml', CASCADES)), 'utf8');
    expect([whole, other].map(cascadeProblem)).toEqual([null, null]);
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html><html><body>404</body></html>'],
    ['a net', 'node {\n  name: "data"\n}'],
  ])('refuses %s', (_, text) => {
    expect(cascadeProblem(text)).toContain('is not a file of OpenCV');
  });

  it('refuses other data of OpenCV', () => {
    const other = '<?xml version="1.0"?>\n<opencv_storage><matrix>1</matrix></opencv_storage>';
    expect(cascadeProblem(other)).toContain('holds no cascade');
  });

  it.each([
    ['cut off', whole.slice(0, whole.length / 2)],
    ['cut off at the very end', whole.trimEnd().slice(0, -1)],
    ['with a hole', whole.slice(0, 50_000) + whole.slice(200_000)],
    ['written twice', whole + whole.slice(60_000)],
  ])('refuses a cascade %s', (_, text) => {
    expect(cascadeProblem(text)).toBe('is damaged or cut off');
  });
});
