// Tests the size of the picture that a single-shot detector is shown.
import { expect, it } from 'vitest';
import { ssdInput } from '../../../src/sensor/detect/ssd-input.ts';

const KEPT = { height: 300, keepAspect: true };

it.each([
  [{ width: 640, height: 360 }, null, { width: 533, height: 300 }],
  [{ width: 640, height: 480 }, null, { width: 400, height: 300 }],
  [{ width: 360, height: 640 }, null, { width: 300, height: 533 }],
  [{ width: 640, height: 360 }, 800, { width: 800, height: 450 }],
  [{ width: 640, height: 360 }, 320, { width: 533, height: 300 }],
])('keeps the aspect of %o, asked for width %s', (frame, farWidth, expected) => {
  expect(ssdInput(frame, KEPT, farWidth)).toEqual(expected);
});

it('squeezes every picture into a square where that is asked for', () => {
  const squashed = { height: 300, keepAspect: false };
  expect(ssdInput({ width: 640, height: 360 }, squashed, 800)).toEqual({ width: 300, height: 300 });
});
