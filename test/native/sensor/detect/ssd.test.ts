// Tests the single-shot detector on faces that fill the picture, in every shape of frame and squeezed as its users know it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SsdSpec } from '../../../../src/models/net-schema.ts';
import type { Box } from '../../../../src/observation/observation.ts';
import { squareCrop } from '../../../../src/sensor/crop.ts';
import { openDetector } from '../../../../src/sensor/detect/open-detector.ts';
import { forward, type Keep, type Mat, readNet, resizeLinear, scope } from '../../../../src/sensor/opencv.ts';
import { fullRangeNet, ssdNet } from '../../../support/detector-nets.ts';
import { photograph } from '../../../support/photograph.ts';
import { sharedPath } from '../../../support/shared.ts';

const weights = sharedPath('models', 'opencv_face_detector_uint8.pb') ?? '';
const published = sharedPath('models', 'opencv_face_detector.pbtxt') ?? '';
const folder = mkdtempSync(join(tmpdir(), 'onlooker-ssd-'));
const mended = join(folder, 'mended.pbtxt');
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(weights === '' || published === '')('SSD (needs its published files)', () => {
  writeFileSync(mended, withoutPadding(readFileSync(published === '' ? '/dev/null' : published, 'utf8')));

  it('gives one box for a face that fills the picture, where the published graph gives copies', async () => {
    await scope(async (keep) => {
      const chips = await faceChips(keep);
      expect(chips).toHaveLength(4);
      const counts = async (definition: string) => {
        const found: number[] = [];
        for (const chip of chips) found.push((await boxesIn(keep, chip, definition)).length);
        return found;
      };
      expect(await counts(mended)).toEqual([1, 1, 1, 1]);
      expect((await counts(published)).every((count) => count > 1)).toBe(true);
    });
  });

  it('takes an upright frame', async () => {
    await scope(async (keep) => {
      const upright = photograph(keep, 'sample6.jpg', 288, 512, ['crop=ih*9/16:ih:0:0']);
      expect(await boxesIn(keep, upright, mended)).toHaveLength(2);
    });
  });

  it('squeezed into a square gives what the net says of the picture, box for box', async () => {
    await scope(async (keep) => {
      const picture = photograph(keep, 'sample5.jpg', 640, 466);
      const reference: Partial<SsdSpec> = {
        geometry: { height: 300, keepAspect: false },
        input: { channelOrder: 'bgr', mean: [104, 117, 123], scale: 1 },
        thresholds: { start: 0.5, continue: 0.5, overlap: 1 },
      };
      const found = await boxesIn(keep, picture, published, reference);
      const net = readNet('tensorflow', weights, published);
      const input = resizeLinear(keep, picture, 300, 300);
      const mean = [104, 117, 123] as const;
      const list = await forward(net, input, { channelOrder: 'bgr', mean, scale: 1 }, ['detection_out'], ([all]) =>
        Array.from(all?.all() ?? []),
      );
      const rows = Array.from({ length: list.length / 7 }, (_, row) => list.slice(7 * row, 7 * row + 7));
      const expected = rows.filter(([, , confidence = 0]) => confidence >= 0.5);
      expect(found).toHaveLength(5);
      expect(found).toEqual(
        expected.map(([, , , left = 0, top = 0, right = 0, bottom = 0]) => ({
          x: expect.closeTo(left * 640, 3),
          y: expect.closeTo(top * 466, 3),
          width: expect.closeTo((right - left) * 640, 3),
          height: expect.closeTo((bottom - top) * 466, 3),
        })),
      );
    });
  });
});

async function boxesIn(
  keep: Keep,
  picture: Mat,
  definition: string,
  changed: Partial<SsdSpec> = {},
): Promise<readonly Box[]> {
  const size = { width: picture.cols, height: picture.rows };
  const found = await openDetector(ssdNet(weights, definition, changed), size, {
    farWidth: null,
    minConfidence: 0.3,
  }).detect(keep, picture);
  return found.filter(({ confidence }) => confidence >= 0.5).map(({ box }) => box);
}

/** Squares cut tight around the faces of a photograph. */
async function faceChips(keep: Keep): Promise<readonly Mat[]> {
  const picture = photograph(keep, 'sample6.jpg', 1280, 1024);
  const faces = await openDetector(
    fullRangeNet(),
    { width: 1280, height: 1024 },
    { farWidth: null, minConfidence: 0.3 },
  ).detect(keep, picture);
  return faces.filter(({ confidence }) => confidence >= 0.5).map(({ box }) => squareCrop(keep, picture, box, 1.1, 300));
}

/** The two last layers that shrink the picture, without the padding that makes copies. */
function withoutPadding(definition: string): string {
  return definition.replaceAll(/(name: "conv[89]_2_h\/Conv2D".*?s: ")SAME"/gs, '$1VALID"');
}
