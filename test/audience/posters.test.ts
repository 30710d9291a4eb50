// Examples of faces that do not live: a poster stops being a viewer, and comes back to life only by changing.
import { describe, expect, it } from 'vitest';
import { measure, OPTIONS, total, viewersWhoLeft } from '../support/measure-audience.ts';
import { film, walkPast } from '../support/walk-past.ts';

const PATIENCE_MS = OPTIONS.staticAfterMs;
const PRINTED = () => 0.001;
const LIVING = () => 0.2;

describe('a face whose crop does not change', () => {
  it('stops being a viewer after the patience, keeping what was counted', () => {
    const poster = walkPast({ from: 0, until: 300_000, changeRatioAt: PRINTED });
    const { events, parts } = measure(film([poster], { until: 300_000 }));
    expect(events.at(-1)).toMatchObject({ kind: 'left', at: PATIENCE_MS + 100, reason: 'static' });
    expect(total(parts, 'personMs')).toBe(PATIENCE_MS + 100);
    expect(viewersWhoLeft(events)).toMatchObject([{ dwellMs: PATIENCE_MS + 100 }]);
  });

  it('is not counted again by a new track at its place', () => {
    const trackAt = (at: number) => (at < 150_000 ? 1 : 2);
    const hidden = [[149_000, 151_000]] as const;
    const poster = walkPast({ from: 0, until: 200_000, changeRatioAt: PRINTED, trackAt, hidden });
    expect(total(measure(film([poster])).parts, 'entered')).toBe(1);
  });

  it('stays a poster when somebody passes before it and covers it, first and last in part', () => {
    const trackAt = (at: number) => (at < 151_000 ? 1 : 2);
    const changeRatioAt = (at: number) => (at >= 150_000 && at < 153_000 ? 0.06 : 0.001);
    const hidden = [[150_600, 152_400]] as const;
    const poster = walkPast({ from: 0, until: 400_000, changeRatioAt, trackAt, hidden });
    const { parts } = measure(film([poster]));
    expect(total(parts, 'entered')).toBe(1);
    expect(total(parts, 'personMs')).toBe(PATIENCE_MS + 100);
  });

  it('counts as another viewer from the moment on at which it moves', () => {
    const changeRatioAt = (at: number) => (at < 150_000 ? 0.001 : 0.2);
    const sleeper = walkPast({ from: 0, until: 160_000, changeRatioAt, hidden: [[149_200, 149_900]] });
    const { events, parts } = measure(film([sleeper]));
    expect(viewersWhoLeft(events).map(({ enteredAt, leftAt }) => [enteredAt, leftAt])).toEqual([
      [0, PATIENCE_MS + 100],
      [150_000, 160_000],
    ]);
    expect(total(parts, 'personMs')).toBe(PATIENCE_MS + 100 + 10_000);
  });

  it('that stirs in time stays a viewer', () => {
    const changeRatioAt = (at: number) => (at % 60_000 === 0 ? 0.2 : 0.001);
    const reader = walkPast({ from: 0, until: 300_000, changeRatioAt });
    expect(viewersWhoLeft(measure(film([reader])).events)).toMatchObject([{ dwellMs: 300_000 }]);
  });

  it('does not exclude the people beside it', () => {
    const poster = walkPast({ from: 0, until: 200_000, changeRatioAt: PRINTED, track: 1 });
    const passer = walkPast({ from: 180_000, until: 190_000, changeRatioAt: LIVING, track: 2 });
    expect(total(measure(film([poster, passer])).parts, 'entered')).toBe(2);
  });
});
