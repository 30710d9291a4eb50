// Tests when a picture counts as dark or covered.
import { describe, expect, it } from 'vitest';
import type { Glimpse } from '../../../src/sensor/glimpse.ts';
import { blankWord, NOT_BLANK, noticeBlank } from '../../../src/sensor/health/blank.ts';

type Light = Readonly<{ luma: number; lumaDeviation: number }>;

const SCENE: Light = { luma: 100, lumaDeviation: 40 };
const DARK: Light = { luma: 2, lumaDeviation: 1 };
const COVERED: Light = { luma: 90, lumaDeviation: 2 };

describe('a blank picture', () => {
  it('is suspected at once and told after a minute', () => {
    expect(wordAfter(0, () => DARK)).toBe('suspect');
    expect(wordAfter(59_900, () => DARK)).toBe('suspect');
    expect(wordAfter(60_000, () => DARK)).toBe('dark');
  });

  it('is covered where it is even but not black', () => {
    expect(wordAfter(60_000, () => COVERED)).toBe('covered');
  });

  it('is dark where it is as black as video can be', () => {
    expect(wordAfter(60_000, () => ({ luma: 17, lumaDeviation: 1.2 }))).toBe('dark');
    expect(wordAfter(60_000, () => ({ luma: 17, lumaDeviation: 9 }))).toBe('ok');
  });

  it('is dark however much noise there is in the black', () => {
    expect(wordAfter(60_000, () => ({ luma: 5, lumaDeviation: 8 }))).toBe('dark');
  });

  it('is well again with the first frame that shows something', () => {
    expect(wordAfter(90_000, (at) => (at < 90_000 ? DARK : SCENE))).toBe('ok');
    expect(wordAfter(90_100, (at) => (at === 30_000 ? SCENE : DARK))).toBe('dark');
    expect(wordAfter(90_000, (at) => (at === 30_000 ? SCENE : DARK))).toBe('suspect');
  });

  it('does not come and go at the limit', () => {
    const trembling = (at: number) => ({ luma: 90, lumaDeviation: at % 200 === 0 ? 2.9 : 3.5 });
    expect(wordAfter(60_000, trembling)).toBe('covered');
    expect(wordAfter(60_100, (at) => (at <= 60_000 ? trembling(at) : { luma: 90, lumaDeviation: 4.1 }))).toBe('ok');
  });
});

/** With a frame every 100 ms. */
function wordAfter(until: number, light: (at: number) => Light): string {
  let blank = NOT_BLANK;
  for (let at = 0; at <= until; at += 100) blank = noticeBlank(blank, glimpseOf(light(at)), at);
  return blankWord(blank);
}

function glimpseOf(light: Light): Glimpse {
  return { ...light, thumbnail: new Uint8Array(1), sharpness: 1 };
}
