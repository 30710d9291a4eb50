// When the state `now` is published and what it says while little is known.
import { describe, expect, it } from 'vitest';
import { film, walkPast } from '../../support/walk-past.ts';
import { measurementRig } from './measurement-rig.ts';

const visitor = walkPast({ from: 1000, until: 60_000 });

describe('a change', () => {
  it('is published, and nothing while nothing changes', () => {
    const rig = measurementRig();
    rig.open();
    rig.play(film([visitor], { until: 10_000 }));
    expect(rig.publisher.messages.now.map(({ present }) => present)).toEqual([0, 1]);
  });

  it('is published at most five times a second, the last one in any case', () => {
    const rig = measurementRig();
    rig.open();
    const looksAt = Array.from({ length: 40 }, (_, index) => [2000 + index * 100, 2050 + index * 100] as const);
    const publishedAt: number[] = [];
    for (const observation of film([walkPast({ from: 0, until: 9000, looksAt })], { until: 8000, periodMs: 50 })) {
      const before = rig.publisher.messages.now.length;
      rig.play([observation]);
      if (rig.publisher.messages.now.length > before) publishedAt.push(observation.at);
    }
    const pauses = publishedAt.map((at, index) => at - (publishedAt[index - 1] ?? Number.NEGATIVE_INFINITY));
    expect(publishedAt.length).toBeGreaterThan(10);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(200);
    expect(rig.publisher.messages.now.at(-1)?.attending).toBe(0);
  });
});

describe('a beat', () => {
  it('repeats the state with the next number and its growing age', () => {
    const rig = measurementRig();
    rig.open();
    rig.play(film([visitor], { until: 5000 }));
    rig.clock.advance(2000);
    rig.measurement.beat();
    rig.clock.advance(2000);
    rig.measurement.beat();
    const told = rig.publisher.messages.now.slice(-2);
    expect(told).toMatchObject([
      { present: 1, ageMs: 2000 },
      { present: 1, ageMs: 4000 },
    ]);
    expect(rig.publisher.messages.now.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
  });

  it('before the first frame says that nothing is known', () => {
    const rig = measurementRig();
    rig.measurement.beat();
    expect(rig.publisher.messages.now).toMatchObject([
      { session: 's1', seq: 0, ttlMs: 6000, health: 'starting', ageMs: null, present: null, ageGroups: null },
    ]);
  });
});

describe('what is not known', () => {
  it('is null at once when the source is away', () => {
    const rig = measurementRig();
    rig.open();
    rig.play(film([visitor], { until: 1400 }));
    rig.measurement.away('hung', 'no frame for 5 s');
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({
      health: 'reconnecting',
      present: null,
      attending: null,
      watchers: null,
      longestDwellMs: null,
      gender: null,
      majorityGender: null,
    });
  });

  it('is known again with the first frame of the next stream', () => {
    const rig = measurementRig();
    rig.open();
    rig.play(film([visitor], { until: 5000 }));
    rig.measurement.away('broken', 'gone');
    rig.clock.advance(10_000);
    rig.open();
    rig.play(film([], { from: 15_000, until: 15_300 }));
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({ health: 'ok', present: 0 });
  });

  it.each(['dark', 'frozen', 'suspect'] as const)('is null, not zero, while the picture is %s', (state) => {
    const rig = measurementRig();
    rig.open();
    rig.play(film([visitor], { until: 6000, cameraAt: (at) => (at < 5000 ? 'ok' : state) }));
    expect(rig.publisher.messages.now.at(-1)).toMatchObject({
      health: state === 'suspect' ? 'ok' : state,
      present: null,
    });
  });
});
