// Tests when a picture counts as blurred, and what the camera's usual detail is learned from.
import { describe, expect, it } from 'vitest';
import { type Focus, focusWord, NO_FOCUS, noticeFocus, pauseFocus } from '../../../src/sensor/health/focus.ts';
import { type Texture, textureOf } from '../../../src/sensor/health/texture.ts';
import { sceneFrame } from '../../support/synthetic-scene.ts';

const SHARP = textureIn();
const BLURRED = textureIn({ blur: 6 });
const HALF = textureIn({ blur: 2 });
const EVEN = textureIn({ light: () => 0 });
const NIGHT = textureIn({ light: () => 0.4, noise: 9 });
const HOUR = 3_600_000;

type Told = Readonly<{ at: number; word: string }>;

describe('a blurred picture', () => {
  it('is suspected within seconds and told after a minute', () => {
    const told = watch(NO_FOCUS, [
      [120_000, SHARP],
      [240_000, BLURRED],
    ]).told;
    const first = (word: string) => (told.find((one) => one.word === word)?.at ?? 0) - 120_000;
    expect(first('suspect')).toBeGreaterThanOrEqual(3000);
    expect(first('suspect')).toBeLessThanOrEqual(8000);
    expect(first('blurred')).toBeGreaterThanOrEqual(60_000);
    expect(first('blurred')).toBeLessThanOrEqual(66_000);
    expect(told.filter(({ at }) => at < 120_000).every(({ word }) => word === 'ok')).toBe(true);
  });

  it('is well again soon after it is sharp', () => {
    const { focus } = watch(NO_FOCUS, [
      [120_000, SHARP],
      [300_000, BLURRED],
    ]);
    const { told } = watch(focus, [[310_000, SHARP]], 300_000);
    expect(told.find(({ word }) => word === 'ok')?.at).toBeLessThanOrEqual(303_000);
  });

  it('does not become usual, however long it lasts', () => {
    const { focus } = watch(NO_FOCUS, [
      [120_000, SHARP],
      [5 * HOUR, BLURRED],
    ]);
    expect(focusWord(focus)).toBe('blurred');
  });

  it('stays so while nothing can be said, and while another fault is told', () => {
    const { focus } = watch(NO_FOCUS, [
      [120_000, SHARP],
      [300_000, BLURRED],
      [400_000, EVEN],
    ]);
    expect(focusWord(focus)).toBe('blurred');
    expect(focusWord(pauseFocus(focus))).toBe('blurred');
    expect(focusWord(noticeFocus(focus, null, 401_000))).toBe('blurred');
  });
});

describe('no blurred picture', () => {
  it('is one before which a bus passes', () => {
    const { told } = watch(NO_FOCUS, [
      [120_000, SHARP],
      [122_000, BLURRED],
      [180_000, SHARP],
    ]);
    expect(new Set(told.map(({ word }) => word))).toEqual(new Set(['ok']));
  });

  it('is one in another light, or with noise, or with half the detail', () => {
    const { told } = watch(NO_FOCUS, [
      [2 * HOUR, SHARP],
      [4 * HOUR, NIGHT],
      [6 * HOUR, SHARP],
      [6.5 * HOUR, HALF],
      [7 * HOUR, EVEN],
    ]);
    expect(new Set(told.map(({ word }) => word))).toEqual(new Set(['ok']));
  });

  it('is one of a camera that was never sharp, or that nobody knows yet', () => {
    expect(new Set(watch(NO_FOCUS, [[300_000, BLURRED]]).told.map(({ word }) => word))).toEqual(new Set(['ok']));
    const soon = watch(NO_FOCUS, [
      [20_000, SHARP],
      [60_000, BLURRED],
    ]).told;
    expect(soon.filter(({ at }) => at < 30_000).every(({ word }) => word === 'ok')).toBe(true);
  });

  it('is one that was suspected before another fault', () => {
    const { focus } = watch(NO_FOCUS, [
      [120_000, SHARP],
      [150_000, BLURRED],
    ]);
    expect(focusWord(focus)).toBe('suspect');
    expect(focusWord(pauseFocus(focus))).toBe('ok');
  });
});

/** Each texture until the time beside it, once a second. */
function watch(before: Focus, scenes: readonly (readonly [until: number, texture: Texture | null])[], from = 0) {
  let focus = before;
  let at = from;
  const told: Told[] = [];
  for (const [until, texture] of scenes) {
    for (; at < until; at += 1000) {
      focus = noticeFocus(focus, texture, at);
      told.push({ at, word: focusWord(focus) });
    }
  }
  return { focus, told };
}

function textureIn(options: Parameters<typeof sceneFrame>[0] = {}): Texture | null {
  return textureOf(sceneFrame(options));
}
