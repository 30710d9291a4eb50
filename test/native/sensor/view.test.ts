// Tests that faces are found in the picture that the view makes of the frames of a camera, and not in what a mask hides.
import { beforeAll, describe, expect, it } from 'vitest';
import { type PictureWishes, pictureView } from '../../../src/capture/picture-view.ts';
import type { Box } from '../../../src/observation/observation.ts';
import { photographPath } from '../../support/photograph.ts';
import { runSensor } from '../../support/sensor-child.ts';
import { sensorOptions } from '../../support/sensor-options.ts';

const PHOTOGRAPH = { width: 640, height: 426 };
const AS_IT_IS: PictureWishes = { mirror: false, rotateDegrees: 0, region: null, mask: null };
/** More than the size of a face differs when its picture is turned before its colors are halved. */
const TOLERANCE_PX = 2;

let upright: readonly Box[] = [];
beforeAll(async () => {
  upright = await facesIn(AS_IT_IS, { ...PHOTOGRAPH, padding: 0 }, 'null');
});

describe('a view', () => {
  it('has the four women of a photograph without one', () => {
    expect(upright).toHaveLength(4);
  });

  it.each([
    ['turned by a quarter, with padded rows', { rotateDegrees: 90 }, 'transpose=cclock', true],
    ['turned by three quarters', { rotateDegrees: 270 }, 'transpose=clock', true],
    ['upside down', { rotateDegrees: 180 }, 'hflip,vflip', false],
    ['mirrored', { mirror: true }, 'hflip', false],
    ['mirrored and turned', { rotateDegrees: 90, mirror: true }, 'hflip,transpose=cclock', true],
  ] as const)('finds them at the same places by a camera that is %s', async (_, wishes, filter, isSideways) => {
    const { width, height } = PHOTOGRAPH;
    const frame = isSideways ? { width: height, height: width, padding: 22 } : { width, height, padding: 0 };
    const found = await facesIn({ ...AS_IT_IS, ...wishes }, frame, filter);
    expect(found).toHaveLength(upright.length);
    found.forEach((box, index) => {
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect(Math.abs(box[side] - (upright[index]?.[side] ?? Number.NaN))).toBeLessThanOrEqual(TOLERANCE_PX);
      }
    });
  });

  it('finds nobody behind a mask, and everybody beside it', async () => {
    const [first, ...others] = upright;
    if (first === undefined) throw new Error('the photograph shows nobody');
    const [from, to] = [first.x - 4, first.x + first.width + 4].map((x) => x / PHOTOGRAPH.width);
    const hidden = strips([0, from ?? 0], [to ?? 1, 1]);
    const found = await facesIn({ ...AS_IT_IS, mask: hidden }, { ...PHOTOGRAPH, padding: 0 }, 'null');
    const overlaps = found.filter((box) => box.x < first.x + first.width && box.x + box.width > first.x);
    expect(overlaps).toEqual([]);
    expect(found).toHaveLength(others.length);
  });

  it('finds those in the region, from its corner on', async () => {
    const region = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const found = await facesIn({ ...AS_IT_IS, region }, { ...PHOTOGRAPH, padding: 0 }, 'null');
    const right = upright.filter(({ x }) => x > 330);
    expect(right.length).toBeGreaterThan(0);
    expect(found).toHaveLength(right.length);
    for (const [index, { x }] of right.entries()) expect(Math.abs((found[index]?.x ?? 0) + 320 - x)).toBeLessThan(8);
  });
});

/** In the third frame, from left to right. */
async function facesIn(
  wishes: PictureWishes,
  written: Readonly<{ width: number; height: number; padding: number }>,
  filter: string,
): Promise<readonly Box[]> {
  const { width, height, padding } = written;
  const strideBytes = width + padding;
  const { frame, view } = pictureView({ width, height, strideBytes }, wishes);
  const base = sensorOptions(frame.width, frame.height);
  const options = { ...base, frame, view, pack: { ...base.pack, pack: 'count-only' } };
  const shown = `fps=10,scale=${PHOTOGRAPH.width}:${PHOTOGRAPH.height},${filter},pad=${strideBytes}:${height}:0:0:white`;
  const input = ['-loop', '1', '-t', '0.3', '-i', photographPath('sample6.jpg'), '-vf', shown];
  const capture = ['ffmpeg', '-nostdin', '-v', 'error', ...input, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];
  const { observations, stderr } = await runSensor({ options, capture });
  expect(stderr).toBe('');
  const faces = observations.at(-1)?.faces.filter(({ track }) => track !== null) ?? [];
  return faces.map(({ box }) => box).toSorted((a, b) => a.x - b.x);
}

/** Columns from one share of the width to another. */
function strips(...spans: readonly (readonly [from: number, to: number])[]): NonNullable<PictureWishes['mask']> {
  return spans.map(([from, to]) => [
    [from, 0],
    [to, 0],
    [to, 1],
    [from, 1],
  ]);
}
