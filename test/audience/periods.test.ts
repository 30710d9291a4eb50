// Examples of periods: borders between minutes, watchers, empty minutes, and what is written when.
import { describe, expect, it } from 'vitest';
import { checkpoint, endStream, openStream, tick } from '../../src/audience/observe.ts';
import { type PeriodPart, sumParts } from '../../src/audience/rollup.ts';
import { measure, OPTIONS, proceed, total, watch } from '../support/measure-audience.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

const NOON = headerOf().wallAtZero;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('a border between two minutes', () => {
  it('divides the credit of a visit, and the viewer has entered in the first', () => {
    const { parts } = measure(film([walkPast({ from: 58_000, until: 63_000, looksAt: [59_500, 60_500] })]));
    expect(parts.map((part) => [minuteOf(part), part.present, ...amounts(part)])).toEqual([
      [0, 1, 2000, 500, 1, 0],
      [1, 1, 3000, 500, 0, 1],
    ]);
  });

  it('lies on whole minutes of wall time, wherever the clock of the stream is zero', () => {
    const wallAtZero = NOON + 47_300;
    const { parts } = measure(film([walkPast({ from: 10_000, until: 20_000 })]), { wallAtZero });
    expect(parts.map((part) => [minuteOf(part), total([part], 'personMs')])).toEqual([
      [0, 2700],
      [1, 7300],
    ]);
  });

  it('counts a viewer of the last 300 ms in the minute of the first detection', () => {
    const { parts } = measure(film([walkPast({ from: 59_800, until: 60_600 })]));
    expect(parts.map((part) => total([part], 'entered'))).toEqual([1, 0]);
    expect(parts.map((part) => total([part], 'personMs'))).toEqual([200, 600]);
  });

  it('that is written before a slow zoom check confirms a track takes the time before it from visit and minute alike', () => {
    const zoomAt = (at: number) => (at < 62_000 ? 0 : 1);
    const slow = film([walkPast({ from: 59_000, until: 65_000, zoomAt })]);
    const { parts, events } = measure(slow, { zoomCheck: true });
    expect(parts.map((part) => total([part], 'personMs'))).toEqual([0, 5000]);
    expect(parts.map((part) => total([part], 'entered'))).toEqual([0, 1]);
    expect(events.at(-1)?.viewer).toMatchObject({ enteredAt: 60_000, dwellMs: 5000 });
  });
});

describe('a watcher', () => {
  const watchersOf = (looksAt: readonly [number, number]) =>
    measure(film([walkPast({ from: 50_000, until: looksAt[1], looksAt })], { until: 130_000 })).parts.map((part) => [
      part.present,
      total([part], 'watchers'),
    ]);

  it('is counted once, in the minute in which the attention reaches a second', () => {
    expect(watchersOf([58_900, 62_000])[0]).toEqual([1, 1]);
    expect(watchersOf([59_100, 62_000]).slice(0, 2)).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it('who leaves at the border is not present in the minute after it', () => {
    expect(watchersOf([59_000, 60_000]).slice(0, 2)).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('whose second is complete within a gap that closes after the border is counted before it', () => {
    const visitor = walkPast({ from: 50_000, until: 64_000, looksAt: [58_900, 64_000], hidden: [[59_800, 60_400]] });
    expect(measure(film([visitor])).parts.map((part) => total([part], 'watchers'))).toEqual([1, 0]);
  });
});

describe('classes', () => {
  it('are fixed when the minute is written, and not moved later', () => {
    const gender = { female: 0.95, male: 0.05 };
    const visitor = walkPast({ from: 50_000, until: 70_000, classified: [{ at: 62_000, gender }] });
    const cells = measure(film([visitor])).parts.flatMap((part) => part.cells);
    expect(cells.map((cell) => [cell.gender, cell.personMs])).toEqual([
      ['unknown', 10_000],
      ['female', 10_000],
    ]);
  });

  it('of a look within the lag are those of the minute before', () => {
    const gender = { female: 0.95, male: 0.05 };
    const visitor = walkPast({ from: 50_000, until: 70_000, classified: [{ at: 60_500, gender }] });
    const cells = measure(film([visitor])).parts.flatMap((part) => part.cells);
    expect(cells.map((cell) => [cell.gender, cell.personMs])).toEqual([
      ['female', 10_000],
      ['female', 10_000],
    ]);
  });
});

describe('minutes without a healthy frame', () => {
  it('are unknown, not zero, while a dark camera delivers frames', () => {
    const dark = film([], { until: 3 * MINUTE_MS + 2000, cameraAt: (at) => (at < MINUTE_MS ? 'ok' : 'dark') });
    const { parts } = watch(openStream(null, headerOf(), OPTIONS), dark);
    expect(parts.map(({ uptimeMs }) => uptimeMs)).toEqual([MINUTE_MS, 0, 0]);
    expect(parts.map((part) => sumParts([part], 0).audience?.personMs ?? null)).toEqual([0, null, null]);
  });

  it('are written while no frame comes at all', () => {
    const seen = watch(openStream(null, headerOf(), OPTIONS), film([], { until: 1000 }));
    const { closed } = tick(seen.state, 3 * MINUTE_MS + 1000, OPTIONS);
    expect(closed.map((part) => [minuteOf(part), part.uptimeMs, part.partial])).toEqual([
      [0, 1400, false],
      [1, 0, false],
      [2, 0, false],
    ]);
  });

  it('are at most a day of them, and the minute before is not lost', () => {
    const seen = watch(
      openStream(null, headerOf(), OPTIONS),
      film([walkPast({ from: 0, until: 1000 })], { until: 1000 }),
    );
    const { closed } = tick(seen.state, 3 * DAY_MS, OPTIONS);
    expect(closed).toHaveLength(1 + 1440);
    expect(total(closed, 'personMs')).toBe(1400);
    expect(closed.map(({ from }) => from)).toEqual(closed.map(({ from }) => from).toSorted((a, b) => a - b));
  });
});

describe('a part', () => {
  it('is partial when the run began within its minute or ended in it', () => {
    const { parts } = measure(film([], { from: 30_000, until: 150_000 }));
    expect(parts.map((part) => [minuteOf(part), part.partial, part.uptimeMs])).toEqual([
      [0, true, 30_000],
      [1, false, MINUTE_MS],
      [2, true, 30_000],
    ]);
  });

  it('can be read while it is open, and stays open', () => {
    const seen = watch(
      openStream(null, headerOf(), OPTIONS),
      film([walkPast({ from: 0, until: 30_000 })], { until: 20_000 }),
    );
    expect(checkpoint(seen.state).map((part) => [part.partial, total([part], 'personMs')])).toEqual([[true, 19_900]]);
    const { parts } = proceed(seen, endStream(seen.state, 20_000, OPTIONS));
    expect(total(parts, 'personMs')).toBe(20_000);
  });
});

function minuteOf(part: PeriodPart): number {
  return (part.from - NOON) / MINUTE_MS;
}

function amounts(part: PeriodPart): readonly number[] {
  return (['personMs', 'attentionMs', 'entered', 'watchers'] as const).map((amount) => total([part], amount));
}
