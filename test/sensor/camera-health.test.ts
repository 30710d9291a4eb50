// Tests when a camera counts as dark or frozen, and when it is only suspected.
import { describe, expect, it } from 'vitest';
import { healthWord, NOTHING_NOTICED, noticeHealth } from '../../src/sensor/camera-health.ts';
import type { Glimpse } from '../../src/sensor/glimpse.ts';

const bright = (value: number): Glimpse => ({
  thumbnail: Uint8Array.of(value),
  luma: 100,
  lumaDeviation: 40,
  sharpness: 5,
});
const dark = (value: number): Glimpse => ({ ...bright(value), luma: 2, lumaDeviation: 1 });

describe('camera health', () => {
  it('is well while the picture changes', () => {
    expect(words((at) => bright(at % 200), 90_000)).toEqual(new Set(['ok']));
  });

  it('suspects a dark picture at once and says so after a minute', () => {
    expect(wordAt((at) => dark(at % 200), 0)).toBe('suspect');
    expect(wordAt((at) => dark(at % 200), 59_900)).toBe('suspect');
    expect(wordAt((at) => dark(at % 200), 60_000)).toBe('dark');
  });

  it('takes a covered lens, grey without contrast, for dark', () => {
    expect(wordAt((at) => ({ ...bright(at % 200), lumaDeviation: 2 }), 60_000)).toBe('dark');
  });

  it('forgives repeated frames for a second and calls the picture frozen after 30', () => {
    expect(wordAt(() => bright(1), 900)).toBe('ok');
    expect(wordAt(() => bright(1), 1000)).toBe('suspect');
    expect(wordAt(() => bright(1), 29_900)).toBe('suspect');
    expect(wordAt(() => bright(1), 30_000)).toBe('frozen');
  });

  it('recovers with the first frame that differs', () => {
    expect(wordAt((at) => bright(at < 50_000 ? 1 : 2), 50_000)).toBe('ok');
  });
});

/** The words for frames every 100 ms up to and including `until`. */
function series(frame: (at: number) => Glimpse, until: number): string[] {
  let health = NOTHING_NOTICED;
  const found: string[] = [];
  for (let at = 0; at <= until; at += 100) {
    health = noticeHealth(health, frame(at), at);
    found.push(healthWord(health, at));
  }
  return found;
}

function wordAt(frame: (at: number) => Glimpse, until: number): string | undefined {
  return series(frame, until).at(-1);
}

function words(frame: (at: number) => Glimpse, until: number): Set<string> {
  return new Set(series(frame, until));
}
