// How well the source sees: the rate of frames, what was dropped, and the health word with its reason.
import { expect, it } from 'vitest';
import { blinded, type Eyesight, NOTHING_SEEN, seeing } from '../../../src/daemon/eye/eyesight.ts';
import { observationAt } from '../../support/walk-past.ts';

it('knows no rate before the second frame, and then the mean of the last ones', () => {
  const first = seeing(NOTHING_SEEN, frame(0), null, 0);
  expect(first).toMatchObject({ health: 'ok', framesPerSecond: null, frames: 1, seenAt: 0 });
  expect(seen(steady(200, 100)).framesPerSecond).toBeCloseTo(10);
});

it('follows a change of the rate within some dozens of frames', () => {
  const faster = steady(100, 40).reduce(
    (sight, sinceMs, index) => seeing(sight, frame(200 + index), sinceMs, 0),
    seen(steady(200, 100)),
  );
  expect(faster.framesPerSecond).toBeGreaterThan(24);
  expect(faster.framesPerSecond).toBeLessThanOrEqual(25);
});

it('takes a mean over time, which a burst of late frames does not falsify', () => {
  const pairs = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 10 : 190));
  expect(Math.abs((seen(pairs).framesPerSecond ?? 0) - 10)).toBeLessThan(0.5);
});

it('counts the observations that the sequence lacks, but not over a restart', () => {
  const gap = [0, 1, 5, 6].reduce((sight, seq) => seeing(sight, frame(seq), 100, 0), NOTHING_SEEN);
  expect(gap.observationsDropped).toBe(3);
  const restarted = seeing(blinded(gap, 'broken', 'gone'), frame(900), 100, 0);
  expect(restarted).toMatchObject({ observationsDropped: 3, restarts: 1, frames: 5 });
});

it('takes the time in which the source was away for no interval of frames', () => {
  const back = seeing(blinded(seen(steady(200, 100)), 'broken', 'gone'), frame(900), 60_000, 0);
  expect(back.framesPerSecond).toBeNull();
  expect(seeing(back, frame(901), 100, 0).framesPerSecond).toBeCloseTo(10);
});

it('says what is wrong with the picture', () => {
  expect(seeing(NOTHING_SEEN, frame(0, 'dark'), null, 0)).toMatchObject({
    health: 'dark',
    detail: 'the picture is dark',
  });
  expect(seeing(NOTHING_SEEN, frame(0, 'frozen'), null, 0)).toMatchObject({ health: 'frozen' });
  const well = seeing(NOTHING_SEEN, frame(0), null, 0);
  expect(seeing(well, frame(1, 'suspect'), 100, 0)).toMatchObject({ health: 'ok', detail: null });
  const away = blinded(well, 'frozen', 'the picture is frozen');
  expect(seeing(away, frame(0, 'suspect'), null, 0)).toMatchObject({ health: 'reconnecting', fault: 'frozen' });
});

it('knows nothing of a source that is away', () => {
  expect(blinded(seen(steady(3, 100)), 'hung', 'no frame for 5 s')).toMatchObject({
    health: 'reconnecting',
    fault: 'hung',
    detail: 'no frame for 5 s',
    framesPerSecond: null,
    camera: null,
  });
});

function frame(seq: number, state: 'ok' | 'suspect' | 'dark' | 'frozen' = 'ok') {
  return observationAt(seq * 100, { faces: [], seq, state });
}

function seen(intervals: readonly number[]): Eyesight {
  return intervals.reduce((sight, sinceMs, seq) => seeing(sight, frame(seq), sinceMs, 0), NOTHING_SEEN);
}

function steady(count: number, intervalMs: number): readonly number[] {
  return Array.from({ length: count }, () => intervalMs);
}
