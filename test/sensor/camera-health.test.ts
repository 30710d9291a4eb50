// Tests what is said of a camera whose picture has one fault or several, and when it is well again.
import { describe, expect, it } from 'vitest';
import { healthOf, NOTHING_NOTICED, noticeHealth, type Signs, signsOf } from '../../src/sensor/camera-health.ts';
import { glimpse } from '../../src/sensor/glimpse.ts';
import type { Picture } from '../../src/sensor/luma.ts';
import { sceneFrame } from '../support/synthetic-scene.ts';

type Told = Readonly<{ at: number; state: string; notices: readonly string[] }>;

const PERIOD_MS = 500;
const SCENE = twoOf({});
const BLURRED = twoOf({ blur: 6 });
const TURNED = twoOf({ turned: 120 });
const DARK = twoOf({ light: () => 0 });
const OTHER = signsIn(sceneFrame({ seed: 2 }));
/** Even, as behind a lid that is not quite tight. */
const COVERED = [
  signsIn(sceneFrame({ light: () => 0.01, noise: 3, noiseSeed: 1 })),
  signsIn(sceneFrame({ light: () => 0.01, noise: 3, noiseSeed: 2 })),
].map((signs) => ({ ...signs, seen: { ...signs.seen, luma: 60, lumaDeviation: 2 } }));

describe('camera health', () => {
  it('is well while the picture changes as pictures do', () => {
    const [first, ...told] = run([[180_000, SCENE]]);
    // One picture alone does not tell.
    expect(first?.state).toBe('suspect');
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['ok']));
    expect(told.flatMap(({ notices }) => notices)).toEqual([]);
  });

  it.each([
    ['dark', DARK, 60_000],
    ['covered', COVERED, 60_000],
    ['blurred', BLURRED, 66_000],
    ['garbled', [SCENE[0], OTHER], 3000],
    ['frozen', [SCENE[0]], 30_500],
  ])('suspects and tells %s, and is well again after it', (word, shown, within) => {
    const told = run([
      [120_000, SCENE],
      [240_000, shown],
      [300_000, SCENE],
    ]);
    const ill = told.slice(1).filter(({ state }) => state !== 'ok');
    expect(ill[0]?.state).toBe('suspect');
    expect(new Set(ill.map(({ state }) => state))).toEqual(new Set(['suspect', word]));
    expect((ill.find(({ state }) => state === word)?.at ?? 0) - 120_000).toBeLessThanOrEqual(within);
    expect(ill.at(-1)?.at).toBeGreaterThan(239_000);
    expect(ill.at(-1)?.at).toBeLessThan(244_000);
  });

  it('tells frames from a backlog, and a camera that is slow', () => {
    const fast = run([[20_000, SCENE]], (index) => 5 * index).at(-1);
    expect(fast).toMatchObject({ state: 'too-fast', notices: [] });
    const slow = run([[200_000, SCENE]], (index) => index, 3 * PERIOD_MS).at(-1);
    expect(slow).toMatchObject({ state: 'ok', notices: ['too-slow'] });
  });

  it('goes on counting with a camera that was moved', () => {
    const told = run([
      [120_000, SCENE],
      [240_000, TURNED],
    ]);
    expect(told.at(-1)).toMatchObject({ state: 'ok', notices: ['moved'] });
    const fault = told.slice(1).filter(({ state }) => state !== 'ok');
    expect(fault.every(({ state, at }) => state === 'suspect' && at < 122_000)).toBe(true);
  });

  it('names the darkness before the standstill, and the standstill before the blur', () => {
    expect(run([[120_000, [DARK[0]]]]).at(-1)?.state).toBe('dark');
    const told = run([
      [120_000, SCENE],
      [240_000, BLURRED],
      [290_000, [BLURRED[0]]],
    ]);
    expect(told.at(-1)?.state).toBe('frozen');
    expect(told.filter(({ at }) => at < 245_000).at(-1)?.state).toBe('blurred');
  });

  it('keeps a notice through another fault', () => {
    const told = run([
      [120_000, SCENE],
      [240_000, TURNED],
      [360_000, DARK],
    ]);
    expect(told.at(-1)).toMatchObject({ state: 'dark', notices: ['moved'] });
  });

  it('measures the texture of a picture once a second at most, and not while it is wrong', () => {
    let measured = 0;
    const counting = SCENE.map((signs) => ({
      ...signs,
      texture: () => {
        measured += 1;
        return signs.texture();
      },
    }));
    run([[20_000, counting]]);
    expect(measured).toBe(20);
    run([[20_000, [counting[0]]]]);
    expect(measured).toBe(22);
  });
});

/** The signs in turn until the time beside them. */
function run(
  scenes: readonly (readonly [until: number, shown: readonly (Signs | undefined)[]])[],
  arrived: (index: number) => number = (index) => index,
  everyMs = PERIOD_MS,
): readonly Told[] {
  let health = NOTHING_NOTICED;
  const told: Told[] = [];
  for (const [until, shown] of scenes) {
    for (let at = told.length * everyMs; at < until; at = told.length * everyMs) {
      const signs = shown[told.length % shown.length] ?? OTHER;
      const moment = { at, arrived: arrived(told.length + 1), periodMs: PERIOD_MS };
      health = noticeHealth(health, signs, moment);
      told.push({ at, ...healthOf(health, at, PERIOD_MS) });
    }
  }
  return told;
}

/** Alike but for their noise. */
function twoOf(options: Parameters<typeof sceneFrame>[0]): readonly Signs[] {
  return [1, 2].map((noiseSeed) => signsIn(sceneFrame({ ...options, noise: 4, noiseSeed })));
}

function signsIn(frame: Picture): Signs {
  const signs = signsOf(frame, glimpse(frame));
  const texture = signs.texture();
  return { ...signs, texture: () => texture };
}
