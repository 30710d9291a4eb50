// Tests reading faces from the list of a single-shot detector.
import { describe, expect, it } from 'vitest';
import { decodeSsd } from '../../../src/sensor/detect/decode-ssd.ts';

const FRAME = { width: 640, height: 400 };

describe('decodeSsd', () => {
  it('takes shares of the picture to pixels of the frame, beyond its edges, too', () => {
    const list = Float32Array.of(0, 1, 0.75, 0.25, 0.5, 0.5, 0.75, 0, 1, 0.5, -0.125, 0.875, 0.25, 1.25);
    expect(decodeSsd(list, FRAME, 0.5)).toEqual([
      { box: { x: 160, y: 200, width: 160, height: 100 }, confidence: 0.75, keypoints: null },
      { box: { x: -80, y: 350, width: 240, height: 150 }, confidence: 0.5, keypoints: null },
    ]);
  });

  it('leaves out what is too weak, empty or turned inside out', () => {
    const weak = [0, 1, 0.25, 0.1, 0.1, 0.2, 0.2];
    const empty = [0, 0, 0, 0, 0, 0, 0];
    const inverted = [0, 1, 0.9, 0.5, 0.5, 0.25, 0.75];
    expect(decodeSsd(Float32Array.from([...weak, ...empty, ...inverted]), FRAME, 0.3)).toEqual([]);
  });

  it('reads an empty list', () => {
    expect(decodeSsd(new Float32Array(0), FRAME, 0.3)).toEqual([]);
  });
});
