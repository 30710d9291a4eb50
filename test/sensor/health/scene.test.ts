// Tests when a camera counts as moved, and what may happen before it without that.
import { describe, expect, it } from 'vitest';
import { hasMoved, NO_SCENE, noticeScene, pauseScene, type Scene } from '../../../src/sensor/health/scene.ts';
import { sceneThumbnail } from '../../support/synthetic-scene.ts';

type Shown = Uint8Array | ((second: number) => Uint8Array);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SCENE = sceneThumbnail();
const TURNED = sceneThumbnail({ turned: 120 });
const OTHER = sceneThumbnail({ seed: 2 });
const DIM = sceneThumbnail({ light: () => 0.01 });
const LIGHTS = Array.from({ length: 12 }, (_, hour) =>
  sceneThumbnail({
    light: (x, y) => 0.15 + 0.85 * Math.sin(((hour + 4 * x + y) / 17) * Math.PI),
    noise: 5,
    noiseSeed: hour,
  }),
);
const PASSERS = Array.from({ length: 16 }, (_, place) =>
  sceneThumbnail({ person: { from: 40 * place - 100, to: 40 * place + 160, top: 80 } }),
);
const CLOSE = [0, 1, 2].map((sway) => sceneThumbnail({ person: { from: 100 + 6 * sway, to: 530 + 6 * sway, top: 0 } }));

describe('a moved camera', () => {
  it('is told after a minute of another steady scene', () => {
    const { movedAt } = watch(NO_SCENE, [
      [5 * MINUTE, SCENE],
      [8 * MINUTE, TURNED],
    ]);
    expect(movedAt[0]).toBeGreaterThanOrEqual(6 * MINUTE);
    expect(movedAt[0]).toBeLessThanOrEqual(6.2 * MINUTE);
    expect(movedAt.at(-1)).toBe(8 * MINUTE - 1000);
  });

  it('is told soon after the start, when little was learned', () => {
    const { movedAt } = watch(NO_SCENE, [
      [40_000, SCENE],
      [3 * MINUTE, TURNED],
    ]);
    expect(movedAt[0]).toBeLessThanOrEqual(1.9 * MINUTE);
  });

  it('is told while people pass before it, before and after', () => {
    const turnedPassers = [0, 5, 9].map((place) =>
      sceneThumbnail({ turned: 120, person: { from: 40 * place, to: 40 * place + 200, top: 80 } }),
    );
    const { movedAt } = watch(NO_SCENE, [
      [5 * MINUTE, (second) => PASSERS[second % 16] ?? SCENE],
      [8 * MINUTE, (second) => turnedPassers[second % 3] ?? TURNED],
    ]);
    expect(movedAt[0]).toBeLessThanOrEqual(6.5 * MINUTE);
  });

  it('is well again ten seconds after it was turned back', () => {
    const { movedAt, scene } = watch(NO_SCENE, [
      [5 * MINUTE, SCENE],
      [8 * MINUTE, TURNED],
      [9 * MINUTE, SCENE],
    ]);
    expect(hasMoved(scene)).toBe(false);
    expect(movedAt.at(-1)).toBeGreaterThanOrEqual(8 * MINUTE + 9000);
    expect(movedAt.at(-1)).toBeLessThanOrEqual(8 * MINUTE + 17_000);
  });

  it('is wanted like this after an hour, and then may be moved again', () => {
    const { movedAt } = watch(NO_SCENE, [
      [5 * MINUTE, SCENE],
      [2 * HOUR, TURNED],
      [2 * HOUR + 3 * MINUTE, SCENE],
    ]);
    const accepted = movedAt.filter((at) => at < 2 * HOUR).at(-1) ?? 0;
    expect(accepted).toBeGreaterThan(HOUR);
    expect(accepted).toBeLessThan(HOUR + 8 * MINUTE);
    expect(movedAt.filter((at) => at > 2 * HOUR)[0]).toBeLessThanOrEqual(2 * HOUR + 1.2 * MINUTE);
  });

  it('stays moved while too little can be seen to tell', () => {
    const { scene } = watch(NO_SCENE, [
      [5 * MINUTE, SCENE],
      [8 * MINUTE, TURNED],
      [20 * MINUTE, DIM],
    ]);
    expect(hasMoved(scene)).toBe(true);
    expect(hasMoved(pauseScene(scene))).toBe(true);
  });

  it('is noticed in the morning when it was moved in the dark', () => {
    const { movedAt } = watch(NO_SCENE, [
      [HOUR, SCENE],
      [5 * HOUR, DIM],
      [5.2 * HOUR, TURNED],
    ]);
    expect(movedAt[0]).toBeLessThanOrEqual(5 * HOUR + 1.2 * MINUTE);
  });
});

describe('no moved camera', () => {
  it.each<readonly [string, readonly (readonly [number, Shown])[]]>([
    ['sees people come and go', [[HOUR / 2, (second) => (second % 40 < 16 ? (PASSERS[second % 40] ?? SCENE) : SCENE)]]],
    [
      'has somebody close before it for two minutes',
      [
        [10 * MINUTE, SCENE],
        [12 * MINUTE, (second) => CLOSE[second % 3] ?? SCENE],
        [20 * MINUTE, SCENE],
      ],
    ],
    ['sees the light of a day', [[12 * HOUR, (second) => LIGHTS[Math.floor(second / 3600)] ?? SCENE]]],
    [
      'sees lamps switched every two minutes',
      [[HOUR / 2, (second) => LIGHTS[2 * (Math.floor(second / 120) % 4)] ?? SCENE]],
    ],
    [
      'goes through the dark',
      [
        [HOUR, SCENE],
        [4 * HOUR, DIM],
        [5 * HOUR, SCENE],
      ],
    ],
    [
      'begins in the dark',
      [
        [HOUR, DIM],
        [2 * HOUR, SCENE],
      ],
    ],
    [
      'never shows anything steady',
      [
        [5 * MINUTE, SCENE],
        [HOUR / 2, (second) => [SCENE, TURNED, OTHER][second % 3] ?? SCENE],
      ],
    ],
    [
      'is moved for less than a minute',
      [
        [5 * MINUTE, SCENE],
        [5.9 * MINUTE, TURNED],
        [10 * MINUTE, SCENE],
      ],
    ],
    [
      'was moved in its first seconds',
      [
        [20_000, OTHER],
        [10 * MINUTE, SCENE],
      ],
    ],
  ])('%s', (_, shown) => {
    expect(watch(NO_SCENE, shown).movedAt).toEqual([]);
  });

  it('was suspected before another fault', () => {
    const { scene, at } = watch(NO_SCENE, [
      [5 * MINUTE, SCENE],
      [5.9 * MINUTE, TURNED],
    ]);
    const { movedAt } = watch(pauseScene(scene), [[at + 50_000, TURNED]], at);
    expect(movedAt).toEqual([]);
  });
});

/** What is shown until the time beside it, once a second, or every ten seconds for what is shown long. */
function watch(before: Scene, shown: readonly (readonly [until: number, what: Shown])[], from = 0) {
  let scene = before;
  let at = from;
  const movedAt: number[] = [];
  for (const [until, what] of shown) {
    const step = until - at > HOUR / 2 ? 10_000 : 1000;
    for (; at < until; at += step) {
      scene = noticeScene(scene, typeof what === 'function' ? what(at / 1000) : what, at);
      if (hasMoved(scene)) movedAt.push(at);
    }
  }
  return { scene, movedAt, at };
}
