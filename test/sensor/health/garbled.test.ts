// Tests when frames count as garbled.
import { describe, expect, it } from 'vitest';
import { glimpse } from '../../../src/sensor/glimpse.ts';
import { colorDisorder } from '../../../src/sensor/health/color-disorder.ts';
import { garbledWord, NOT_GARBLED, noticeGarbled } from '../../../src/sensor/health/garbled.ts';
import { frameBytes, type Picture } from '../../../src/sensor/luma.ts';
import { afterLoss, misread } from '../../support/frame-stream.ts';
import { noise } from '../../support/luma-planes.ts';
import { sceneFrame } from '../../support/synthetic-scene.ts';

const SCENE = sceneFrame();
const OTHER = sceneFrame({ seed: 2 });
const RANDOM = [1, 2, 3].map(randomBytes);

describe('garbled frames', () => {
  it('are suspected from the first and told after two seconds', () => {
    const random = (index: number) => (index < 10 ? SCENE : (RANDOM[index % 3] ?? SCENE));
    const words = wordsOf(Array.from({ length: 40 }, (_, index) => random(index)));
    expect(words.slice(0, 10)).toEqual(Array(10).fill('ok'));
    expect(words.slice(10, 30)).toEqual(Array(20).fill('suspect'));
    expect(words.slice(30)).toEqual(Array(10).fill('garbled'));
  });

  it('are those that begin at a wrong place for good, though each is like the one before', () => {
    const lost = afterLoss(Array(30).fill(SCENE), frameBytes(SCENE.shape) / 2);
    expect(wordsOf([SCENE, ...lost]).at(-1)).toBe('garbled');
  });

  it.each([
    [640, 360],
    [800, 600],
    [1280, 720],
  ])('are frames of %s × %s, which nobody said', (width, height) => {
    const frames = misread(Array(30).fill(SCENE), width, height);
    expect(wordsOf([SCENE, ...frames.slice(0, 30)])[25]).not.toBe('ok');
    expect(wordsOf([SCENE, ...frames, ...frames])).toContain('garbled');
  });

  it('are forgiven a frame that happens to look right', () => {
    const mostly = Array.from({ length: 40 }, (_, index) => RANDOM[index % 8 === 0 ? 0 : index % 3] ?? SCENE);
    expect(wordsOf(mostly.flatMap((frame, index) => (index % 4 === 0 ? [frame, frame] : [frame]))).at(-1)).toBe(
      'garbled',
    );
  });

  it('are over after a second of sense', () => {
    const words = wordsOf([...Array.from({ length: 40 }, (_, i) => RANDOM[i % 3] ?? SCENE), ...Array(15).fill(SCENE)]);
    expect(words.slice(40, 50)).toEqual(Array(10).fill('garbled'));
    expect(words.slice(50)).toEqual(Array(5).fill('ok'));
  });
});

describe('no garbled frames', () => {
  it('are a cut of the scene, which costs a second', () => {
    const words = wordsOf([...Array(10).fill(SCENE), ...Array(30).fill(OTHER)]);
    expect(words.slice(10, 20)).toEqual(Array(10).fill('suspect'));
    expect(new Set([...words.slice(0, 10), ...words.slice(20)])).toEqual(new Set(['ok']));
  });

  it('are a light that goes on and off, and darkness full of noise', () => {
    const lit = (index: number) =>
      Math.floor(index / 5) % 2 === 0 ? SCENE : sceneFrame({ light: () => 0.2, noise: 6 });
    expect(new Set(wordsOf(Array.from({ length: 20 }, (_, index) => lit(index))))).toEqual(new Set(['ok']));
    const noisy = [1, 2, 3].map((noiseSeed) => sceneFrame({ light: () => 0, noise: 25, noiseSeed }));
    expect(new Set(wordsOf(Array.from({ length: 30 }, (_, i) => noisy[i % 3] ?? SCENE)))).toEqual(new Set(['ok']));
  });

  it('are the frames of a slow camera until three in a row make no sense', () => {
    const words = wordsOf([SCENE, OTHER, SCENE, OTHER, SCENE, OTHER], 2000);
    expect(words).toEqual(['ok', 'suspect', 'suspect', 'suspect', 'garbled', 'garbled']);
  });
});

function wordsOf(frames: readonly Picture[], periodMs = 100): readonly string[] {
  let garbled = NOT_GARBLED;
  return frames.map((frame, index) => {
    const signs = { thumbnail: glimpse(frame).thumbnail, disorder: colorDisorder(frame) };
    garbled = noticeGarbled(garbled, signs, index * periodMs, periodMs);
    return garbledWord(garbled, periodMs);
  });
}

function randomBytes(seed: number): Picture {
  const bytes = SCENE.bytes.map((_, index) => 128 + noise(index % 640, Math.floor(index / 640), seed, 127));
  return { ...SCENE, bytes };
}
