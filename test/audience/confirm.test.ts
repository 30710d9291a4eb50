// When a track is a face: enough detections, and enough of the zoom checks passed.
import { describe, expect, it } from 'vitest';
import { NOSE_REACH } from '../../src/audience/attention.ts';
import {
  type Confirmation,
  type ConfirmOptions,
  confirm,
  unconfirmed,
  wantsZoomCheck,
} from '../../src/audience/confirm.ts';
import type { Keypoints } from '../../src/observation/observation.ts';

const TEN_FPS: ConfirmOptions = { periodMs: 100, zoomCheck: true };
const TWO_FPS: ConfirmOptions = { periodMs: 500, zoomCheck: true };

describe('zoom checks', () => {
  it.each([
    ['3 passed at once', [1, 1, 1, 1], true],
    ['3 of the last 5', [0, 0, 1, 1, 0, 1], true],
    ['3, but 2 in the last 5', [1, 0, 0, 0, 0, 1, 1], false],
    ['2 of 5', [1, 0, 1, 0, 0], false],
    ['0.5 is enough', [0.5, 0.5, 0.5, 0.5], true],
    ['0.49 is not', [0.49, 0.49, 0.49, 0.49], false],
  ])('at 10 fps: %s', (_, zooms, confirmed) => {
    expect(checked(zooms, TEN_FPS).confirmed).toBe(confirmed);
  });

  it.each([
    ['2 of 5', [0, 1, 0, 0, 1], true],
    ['2, but 1 in the last 5', [1, 0, 0, 0, 0, 1], false],
    ['1', [1, 0, 0], false],
  ])('at 2 fps: %s', (_, zooms, confirmed) => {
    expect(checked(zooms, TWO_FPS).confirmed).toBe(confirmed);
  });

  it('are no longer asked for once they are passed, and the track never loses it', () => {
    const passed = checked([1, 1, 1, 1, 0, 0, 0, 0, 0], TEN_FPS);
    expect(passed.confirmed).toBe(true);
    expect(wantsZoomCheck(passed, TEN_FPS)).toBe(false);
  });

  it('are asked for less often of a track that keeps failing', () => {
    const asked = Array.from({ length: 100 }).reduce<{ state: Confirmation; checks: number }>(
      ({ state, checks }, _, frame) => {
        const asks = wantsZoomCheck(state, TEN_FPS);
        return {
          state: confirm(state, frame * 100, frontal(asks ? 0 : null), TEN_FPS),
          checks: checks + (asks ? 1 : 0),
        };
      },
      { state: unconfirmed(0), checks: 0 },
    );
    expect(asked.checks).toBe(10 + 18);
  });

  it('are not asked for where the detector has none', () => {
    const options = { ...TEN_FPS, zoomCheck: false };
    expect(wantsZoomCheck(unconfirmed(0), options)).toBe(false);
    expect(checked([null, null, null, null], options).confirmed).toBe(true);
  });
});

describe('profiles', () => {
  it.each([
    ['a profile throughout', [80, 75, -80, 70, -65, 80], false],
    ['a face turned away, both eyes to be seen', [50, 50, 50, 50], true],
    ['a profile that turns to the camera', [80, 80, 80, 30, 20, 10], true],
    ['a face that turns away afterwards', [0, 0, 0, 0, 80, 80, 80, 80], true],
    ['a detector without keypoints', [null, null, null, null], true],
  ])('are no face by themselves: %s', (_, turns, confirmed) => {
    expect(watched(turns).confirmed).toBe(confirmed);
  });
});

describe('detections', () => {
  it('have to be three, however long they take', () => {
    const options = { ...TEN_FPS, zoomCheck: false };
    const first = confirm(unconfirmed(0), 0, frontal(null), options);
    const second = confirm(first, 900, frontal(null), options);
    expect([second, confirm(second, 1800, frontal(null), options)].map(({ confirmed }) => confirmed)).toEqual([
      false,
      true,
    ]);
  });
});

function checked(zooms: readonly (number | null)[], options: ConfirmOptions): Confirmation {
  return zooms.reduce<Confirmation>(
    (state, zoom, frame) => confirm(state, frame * options.periodMs, frontal(zoom), options),
    unconfirmed(0),
  );
}

function frontal(zoom: number | null) {
  return { zoom, keypoints: turned(0) };
}

function watched(turns: readonly (number | null)[]): Confirmation {
  return turns.reduce<Confirmation>((state, degrees, frame) => {
    const keypoints = degrees === null ? null : turned(degrees);
    return confirm(state, frame * 100, { zoom: 0.9, keypoints }, TEN_FPS);
  }, unconfirmed(0));
}

function turned(degrees: number): Keypoints {
  const noseX = 50 + 20 * NOSE_REACH * Math.tan((degrees * Math.PI) / 180);
  const point = (x: number, y: number) => ({ x, y });
  return { rightEye: point(40, 50), leftEye: point(60, 50), nose: point(noseX, 60), mouth: point(50, 70) };
}
