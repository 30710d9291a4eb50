// Tests when frames count as too fast or too slow for what the camera promised.
import { describe, expect, it } from 'vitest';
import { type Arrivals, arrivalsWord, NOTHING_ARRIVED, noticeArrivals } from '../../../src/sensor/health/arrivals.ts';

type Told = Readonly<{ at: number; word: string; isTooSlow: boolean }>;

describe('too fast', () => {
  it('is no camera that keeps its time, nor one that gives three times as much', () => {
    for (const every of [100, 60, 33.4]) expect(wordsOf(steady(every, 60_000))).toEqual(['ok']);
  });

  it('is suspected after a second and told after five', () => {
    const told = run(steady(25, 20_000), 100);
    expect(told.find(({ word }) => word === 'suspect')?.at).toBeLessThanOrEqual(1300);
    const first = told.find(({ word }) => word === 'too-fast')?.at ?? 0;
    expect(first).toBeGreaterThanOrEqual(5000);
    expect(first).toBeLessThanOrEqual(5300);
  });

  it('counts frames that were dropped', () => {
    const dropping = steady(100, 10_000).map(({ at }, index) => ({ at, arrived: 4 * (index + 1) }));
    expect(wordsOf(dropping)).toEqual(['ok', 'suspect', 'too-fast']);
  });

  it('suspects the frames of a backlog after a pause, at once and for a second', () => {
    const before = steady(100, 30_000);
    const backlog = Array.from({ length: 60 }, (_, index) => ({ at: 36_000 + index, arrived: 301 + index }));
    const told = run([...before, ...backlog, ...steady(100, 20_000, 36_100, 361)], 100);
    const suspect = told.filter(({ word }) => word !== 'ok');
    expect(new Set(suspect.map(({ word }) => word))).toEqual(new Set(['suspect']));
    expect(suspect[0]?.at).toBeLessThan(36_050);
    expect(suspect.at(-1)?.at).toBeLessThan(37_400);
  });

  it('does not come and go at the limit', () => {
    const told = run([...steady(25, 20_000), ...steady(35, 20_000, 20_000, 801)], 100);
    const words = told.filter(({ at }) => at > 6000).map(({ word }) => word);
    expect(new Set(words)).toEqual(new Set(['too-fast']));
    const well = run([...steady(25, 20_000), ...steady(100, 20_000, 20_000, 801)], 100);
    expect(well.at(-1)?.word).toBe('ok');
    expect(well.find(({ at, word }) => at > 20_000 && word === 'ok')?.at).toBeLessThan(26_500);
  });

  it('allows a slow camera to give a few frames at once', () => {
    const once = steady(2000, 60_000).flatMap(({ at, arrived }) => [{ at, arrived: arrived + 2 }]);
    expect(new Set(run(once, 2000).map(({ word }) => word))).toEqual(new Set(['ok']));
  });
});

describe('too slow', () => {
  it('is told after half a minute with less than half of the frames', () => {
    const told = run(steady(210, 60_000), 100);
    const first = told.find(({ isTooSlow }) => isTooSlow)?.at ?? 0;
    expect(first).toBeGreaterThanOrEqual(30_000);
    expect(first).toBeLessThanOrEqual(32_000);
    expect(run(steady(190, 60_000), 100).some(({ isTooSlow }) => isTooSlow)).toBe(false);
  });

  it('is over when the frames come as promised', () => {
    const told = run([...steady(400, 60_000), ...steady(100, 60_000, 60_000, 151)], 100);
    expect(told.filter(({ at }) => at < 60_000).at(-1)?.isTooSlow).toBe(true);
    expect(told.at(-1)?.isTooSlow).toBe(false);
  });

  it('knows a camera of one frame in five seconds', () => {
    expect(run(steady(5000, 120_000), 5000).some(({ isTooSlow }) => isTooSlow)).toBe(false);
    expect(run(steady(11_000, 120_000), 5000).at(-1)?.isTooSlow).toBe(true);
  });
});

it('remembers half a minute, whatever the rate', () => {
  let arrivals: Arrivals = NOTHING_ARRIVED;
  for (let frame = 1; frame < 5000; frame += 1) arrivals = noticeArrivals(arrivals, frame * 33, frame, 33);
  expect(arrivals.marks.length).toBeLessThanOrEqual(153);
});

function steady(every: number, forMs: number, from = 0, first = 1) {
  return Array.from({ length: Math.floor(forMs / every) }, (_, index) => ({
    at: from + Math.round(index * every),
    arrived: first + index,
  }));
}

function run(frames: readonly Readonly<{ at: number; arrived: number }>[], periodMs: number): readonly Told[] {
  let arrivals: Arrivals = NOTHING_ARRIVED;
  return frames.map(({ at, arrived }) => {
    arrivals = noticeArrivals(arrivals, at, arrived, periodMs);
    return { at, word: arrivalsWord(arrivals), isTooSlow: arrivals.isTooSlow };
  });
}

function wordsOf(frames: readonly Readonly<{ at: number; arrived: number }>[]): readonly string[] {
  return [...new Set(run(frames, 100).map(({ word }) => word))];
}
