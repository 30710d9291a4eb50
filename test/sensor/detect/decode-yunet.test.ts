// Tests reading faces from the outputs of YuNet.
import { describe, expect, it } from 'vitest';
import { decodeYunet, yunetLengths } from '../../../src/sensor/detect/decode-yunet.ts';

/** Priors: 16 × 8 cells of three, 8 × 4 of two, 4 × 2 of two and 2 × 1 of three. */
const INPUT = { width: 128, height: 64 };
const [SECOND_LEVEL, THIRD_LEVEL, FOURTH_LEVEL, PRIORS] = [384, 448, 464, 470];

describe('yunetLengths', () => {
  it('counts 14 numbers, two classes and one overlap for each prior', () => {
    expect(yunetLengths(INPUT)).toEqual({ loc: PRIORS * 14, conf: PRIORS * 2, iou: PRIORS });
  });

  it('agrees with the published net', () => {
    expect(yunetLengths({ width: 320, height: 192 })).toEqual({ loc: 3525 * 14, conf: 3525 * 2, iou: 3525 });
    // Half a cell of the coarsest level is none.
    expect(yunetLengths({ width: 96, height: 64 }).iou).toBe(351);
  });
});

describe('decodeYunet', () => {
  it.each([
    ['the first prior', 0, { x: 4, y: 4, size: 10 }],
    ['the third size of a cell', 2, { x: 4, y: 4, size: 24 }],
    ['the second row', 16 * 3 + 1, { x: 4, y: 12, size: 16 }],
    ['the second level', SECOND_LEVEL + 3, { x: 24, y: 8, size: 48 }],
    ['the third level', THIRD_LEVEL + 4 * 2, { x: 16, y: 48, size: 64 }],
    ['the fourth level', FOURTH_LEVEL + 5, { x: 96, y: 32, size: 256 }],
  ])('places %s', (_, prior, { x, y, size }) => {
    const [face, ...others] = decodeYunet(outputsWith({ prior }), INPUT, 0.5);
    expect(others).toEqual([]);
    expect(face?.box).toEqual({ x: x - size / 2, y: y - size / 2, width: size, height: size });
  });

  it('moves by tenths of the prior and scales by powers', () => {
    const loc = [1, -2, 5 * Math.log(2), 5 * Math.log(0.5), -3, -1, 3, -1, 0, 1, -2, 4, 4, 2];
    const [face] = decodeYunet(outputsWith({ prior: SECOND_LEVEL, loc }), INPUT, 0.5);
    const near = (value: number) => expect.closeTo(value, 4);
    // The prior has its middle at 8, 8 and size 32.
    expect(face?.box).toEqual({ x: near(11.2 - 32), y: near(1.6 - 8), width: near(64), height: near(16) });
    expect(face?.keypoints).toEqual({
      rightEye: { x: near(-1.6), y: near(4.8) },
      leftEye: { x: near(17.6), y: near(4.8) },
      nose: { x: near(8), y: near(11.2) },
      // Between the corners at (1.6, 20.8) and (20.8, 14.4).
      mouth: { x: near(11.2), y: near(17.6) },
    });
  });

  it('is as confident as the geometric mean of face and overlap, each cut to 0..1', () => {
    expect(decodeYunet(outputsWith({ prior: 7, conf: 0.9, iou: 0.4 }), INPUT, 0.5)[0]?.confidence).toBeCloseTo(0.6, 6);
    expect(decodeYunet(outputsWith({ prior: 7, conf: 1, iou: 1.3 }), INPUT, 0.5)[0]?.confidence).toBe(1);
    expect(decodeYunet(outputsWith({ prior: 7, conf: 0.9, iou: -0.4 }), INPUT, 0.5)).toEqual([]);
    expect(decodeYunet(outputsWith({ prior: 7, conf: Number.NaN }), INPUT, 0.5)).toEqual([]);
  });
});

/** All priors are empty but one. */
function outputsWith({
  prior,
  loc = [],
  conf = 1,
  iou = 1,
}: {
  prior: number;
  loc?: number[];
  conf?: number;
  iou?: number;
}) {
  const outputs = {
    loc: new Float32Array(PRIORS * 14),
    conf: Float32Array.from({ length: PRIORS * 2 }, (_, index) => 1 - (index % 2)),
    iou: new Float32Array(PRIORS).fill(0.5),
  };
  outputs.loc.set(loc, prior * 14);
  outputs.conf.set([1 - conf, conf], prior * 2);
  outputs.iou[prior] = iou;
  return outputs;
}
