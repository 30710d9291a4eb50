// Tests when a picture counts as frozen.
import { expect, it } from 'vitest';
import { type Frozen, firstPictureWord, frozenWord, noticeFrozen } from '../../../src/sensor/health/frozen.ts';

it('forgives repeated frames for a second and is told after half a minute', () => {
  const words = [900, 1000, 29_900, 30_000].map((until) => wordAfter(until, 100));
  expect(words).toEqual(['ok', 'suspect', 'suspect', 'frozen']);
});

it('waits for more than two periods of a slow camera', () => {
  const words = [2000, 4000, 6000].map((until) => wordAfter(until, 2000));
  expect(words).toEqual(['ok', 'ok', 'suspect']);
});

it('is suspected until a second picture has come, since one alone does not tell', () => {
  const first = after(400, 100);
  expect(firstPictureWord(first)).toBe('suspect');
  const second = noticeFrozen(first, Uint8Array.of(1, 3), 500);
  expect([second, noticeFrozen(second, Uint8Array.of(1, 3), 600)].map(firstPictureWord)).toEqual(['ok', 'ok']);
  expect(firstPictureWord(null)).toBe('ok');
});

it('is over with the first frame that differs', () => {
  const frozen = after(50_000, 100);
  expect(frozenWord(noticeFrozen(frozen, Uint8Array.of(1, 3), 50_100), 50_100, 100)).toBe('ok');
});

function wordAfter(until: number, periodMs: number): string {
  return frozenWord(after(until, periodMs), until, periodMs);
}

function after(until: number, periodMs: number): Frozen {
  let frozen: Frozen = null;
  for (let at = 0; at <= until; at += periodMs) frozen = noticeFrozen(frozen, Uint8Array.of(1, 2), at);
  return frozen;
}
