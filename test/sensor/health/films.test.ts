// Tests the health of the camera on films of real and composed scenes: nothing is wrong with them until something is done to them.
import { describe, expect, it } from 'vitest';
import { healthOf, NOTHING_NOTICED, noticeHealth, signsOf } from '../../../src/sensor/camera-health.ts';
import { glimpse } from '../../../src/sensor/glimpse.ts';
import type { Picture } from '../../../src/sensor/luma.ts';
import { sharedPath } from '../../support/shared.ts';
import { treatedFrames } from '../../support/treated-frames.ts';

const FRAMES_PER_SECOND = 2;
const PERIOD_MS = 1000 / FRAMES_PER_SECOND;
const LOBBY = sharedPath('films', 'lobby-composite.mp4') ?? '';
const PASSERS = sharedPath('films', 'one-by-one-person-detection.mp4') ?? '';
const CUTS = sharedPath('films', 'visits-intel-previews.mp4') ?? '';

describe.skipIf(LOBBY === '' || PASSERS === '' || CUTS === '')('the health of a camera (shared films)', () => {
  it.each([
    ['people in a lobby', LOBBY, 'null'],
    ['people who pass one by one', PASSERS, 'null'],
    ['people in a lobby at night', LOBBY, 'eq=brightness=-0.25:contrast=0.4,noise=alls=10:allf=t'],
    ['people in a lobby whose lamp is switched every 20 s', LOBBY, "eq=brightness='-0.3*lt(mod(t,40),20)':eval=frame"],
  ])('is good before %s', (_, path, filters) => {
    const told = run(shown(path, 0, 100, filters));
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['ok']));
    expect(told.flatMap(({ notices }) => notices)).toEqual([]);
  });

  it('is good again a second after a cut, and no cut is a move', () => {
    const told = run(shown(CUTS, 3, 59));
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['ok', 'suspect']));
    expect(told.flatMap(({ notices }) => notices)).toEqual([]);
  });

  it('is blurred when the lens is', () => {
    const told = run([...shown(PASSERS, 0, 60), ...shown(PASSERS, 60, 75, 'gblur=6')]);
    expect(told.at(-1)).toMatchObject({ state: 'blurred', notices: [] });
    expect(told.slice(0, 59 * FRAMES_PER_SECOND).every(({ state }) => state === 'ok')).toBe(true);
  });

  it('is good but for the move when the camera was turned', () => {
    const told = run([...shown(PASSERS, 0, 60), ...shown(PASSERS, 60, 75, 'crop=560:480:80:0,pad=640:480')]);
    expect(told.at(-1)).toMatchObject({ state: 'ok', notices: ['moved'] });
  });
});

function shown(path: string, fromSecond: number, seconds: number, filters = 'null'): readonly Picture[] {
  return treatedFrames({ path, fromSecond, seconds, filters, framesPerSecond: FRAMES_PER_SECOND });
}

/** Without the first frame, of which nothing can be said. */
function run(frames: readonly Picture[]) {
  let health = NOTHING_NOTICED;
  const told = frames.map((frame, index) => {
    const at = index * PERIOD_MS;
    health = noticeHealth(health, signsOf(frame, glimpse(frame)), { at, arrived: index + 1, periodMs: PERIOD_MS });
    return healthOf(health, at, PERIOD_MS);
  });
  return told.slice(1);
}
