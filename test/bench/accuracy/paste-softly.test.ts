// Checks that a pasted picture is itself in the middle, fades at its edges and leaves the rest alone.
import { expect, it } from 'vitest';
import { type Pixels, pasteSoftly } from './paste-softly.ts';

const plain = (value: number, width: number, height: number): Pixels => ({
  bytes: new Uint8Array(3 * width * height).fill(value),
  width,
  height,
});
const at = ({ bytes, width }: Pixels, x: number, y: number) =>
  bytes.slice(3 * (y * width + x), 3 * (y * width + x) + 3);

it('shows the patch in its middle, and around it what was there', () => {
  const pasted = pasteSoftly(plain(10, 200, 100), plain(210, 80, 60), 30, 20);
  expect([...at(pasted, 70, 50)]).toEqual([210, 210, 210]);
  expect([...at(pasted, 29, 50)]).toEqual([10, 10, 10]);
  expect([...at(pasted, 110, 50)]).toEqual([10, 10, 10]);
  expect([...at(pasted, 70, 19)]).toEqual([10, 10, 10]);
  expect([...at(pasted, 70, 80)]).toEqual([10, 10, 10]);
});

it('fades within a twentieth of the side, from all four edges alike', () => {
  const pasted = pasteSoftly(plain(10, 200, 100), plain(210, 80, 80), 30, 10);
  expect([30, 31, 32, 33, 34].map((x) => at(pasted, x, 50)[0])).toEqual([35, 85, 135, 185, 210]);
  expect([109, 108, 107, 106, 105].map((x) => at(pasted, x, 50)[0])).toEqual([35, 85, 135, 185, 210]);
  expect([10, 11, 12, 13, 14].map((y) => at(pasted, 70, y)[0])).toEqual([35, 85, 135, 185, 210]);
  expect([89, 88, 87, 86, 85].map((y) => at(pasted, 70, y)[0])).toEqual([35, 85, 135, 185, 210]);
});

it('leaves the picture below as it was', () => {
  const below = plain(10, 50, 50);
  pasteSoftly(below, plain(210, 20, 20), 5, 5);
  expect(below).toEqual(plain(10, 50, 50));
});
