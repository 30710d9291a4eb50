// Tests when the gate lets a detection be skipped, and when not.
import { describe, expect, it } from 'vitest';
import { type FollowOptions, follow, learn, startFollowing } from '../../src/audience/follow.ts';
import { hasChanged, mustDetect } from '../../src/sensor/gate.ts';
import { glimpse } from '../../src/sensor/glimpse.ts';
import { lumaOf, noise, textured } from '../support/luma-planes.ts';
import { sensorOptions } from '../support/sensor-options.ts';

const { follow: followOptions, gate } = sensorOptions(640, 480);
const OPTIONS = { gate, follow: followOptions };
const STILL = glimpse(lumaOf(textured)).thumbnail;
const NOBODY = startFollowing();

describe('mustDetect', () => {
  it('detects in the first frame', () => {
    expect(mustDetect(null, STILL, NOBODY, 0, OPTIONS)).toBe(true);
  });

  it('skips an empty scene that did not change, for at most ten seconds', () => {
    const state = { thumbnail: STILL, detectedAt: 1000 };
    expect(mustDetect(state, STILL, NOBODY, 10_900, OPTIONS)).toBe(false);
    expect(mustDetect(state, STILL, NOBODY, 11_000, OPTIONS)).toBe(true);
    const always = { ...OPTIONS, gate: { maxSkipMs: 0, maxEmptySkipMs: 0 } };
    expect(mustDetect(state, STILL, NOBODY, 1100, always)).toBe(true);
  });

  it('skips faces that did not change for at most a second', () => {
    const state = { thumbnail: STILL, detectedAt: 1000 };
    expect(mustDetect(state, STILL, seen(12), 1900, OPTIONS)).toBe(false);
    expect(mustDetect(state, STILL, seen(12), 2000, OPTIONS)).toBe(true);
  });

  it('detects while a face is new, so that it is confirmed and looked at without delay', () => {
    const state = { thumbnail: STILL, detectedAt: 0 };
    expect(mustDetect(state, STILL, seen(1), 100, OPTIONS)).toBe(true);
    expect(mustDetect(state, STILL, seen(11), 400, OPTIONS)).toBe(true);
    expect(mustDetect(state, STILL, seen(12), 400, OPTIONS)).toBe(false);
  });

  it('detects again when a viewer was not found', () => {
    const lost = follow(seen(4), [], 400, followOptions).state;
    expect(mustDetect({ thumbnail: STILL, detectedAt: 400 }, STILL, lost, 500, OPTIONS)).toBe(true);
  });

  it('does not stay open for something that never becomes a face', () => {
    const unconfirmed = { ...followOptions, zoomCheck: true };
    const state = { thumbnail: STILL, detectedAt: 2000 };
    expect(mustDetect(state, STILL, seen(20, unconfirmed), 2100, { gate, follow: unconfirmed })).toBe(false);
  });
});

describe('hasChanged', () => {
  it('ignores the noise of a sensor', () => {
    const noisy = (seed: number) => glimpse(lumaOf((x, y) => textured(x, y) + noise(x, y, seed, 12))).thumbnail;
    expect(hasChanged(noisy(1), noisy(2))).toBe(false);
  });

  it('sees somebody of 23 px enter', () => {
    const entered = lumaOf((x, y) => (x >= 300 && x < 323 && y >= 100 && y < 123 ? 20 : textured(x, y)));
    expect(hasChanged(STILL, glimpse(entered).thumbnail)).toBe(true);
  });
});

/** The tracker after one motionless face was detected so often. */
function seen(times: number, options: FollowOptions = { ...followOptions, zoomCheck: false }) {
  let state = startFollowing();
  for (let index = 0; index < times; index += 1) {
    const detection = { box: { x: 10, y: 10, width: 50, height: 50 }, confidence: 0.9, keypoints: null };
    const followed = follow(state, [detection], index * 100, options);
    const face = { ...detection, zoom: null, attending: true, changeRatio: null, track: followed.tracks[0] ?? null };
    state = learn(followed.state, [face], [], index * 100, options);
  }
  return state;
}
