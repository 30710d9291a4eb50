// Examples of a sensor that restarts under its viewers: bridged to their new tracks by place, or counted as split.
import { describe, expect, it } from 'vitest';
import { endStream, openStream, tick } from '../../src/audience/observe.ts';
import { type Measured, OPTIONS, proceed, total, viewersWhoLeft, watch } from '../support/measure-audience.ts';
import { film, headerOf, type Person, walkPast } from '../support/walk-past.ts';

describe('a restart of the sensor', () => {
  const visitor = { from: 0, until: 10_000, track: 7 };

  it('within a gap keeps a viewer who is found at the same place', () => {
    const { parts, events } = restarted([walkPast(visitor)], [walkPast({ ...visitor, x: 830, trackAt: () => 1 })], 800);
    expect(viewersWhoLeft(events)).toMatchObject([{ id: 's1-1', enteredAt: 0, dwellMs: 2900 + 6300 }]);
    expect(total(parts, 'entered')).toBe(1);
    expect(splits(parts)).toBe(0);
  });

  it('keeps what the looks said before it', () => {
    const classified = [{ at: 1000, gender: { female: 0.97, male: 0.03 } }];
    const before = walkPast({ ...visitor, classified });
    const { events } = restarted([before], [walkPast(visitor)], 800);
    expect(viewersWhoLeft(events)).toMatchObject([{ gender: { gender: 'female' } }]);
  });

  it('counts as split who is not found again', () => {
    const elsewhere = walkPast({ ...visitor, x: 300 });
    const { parts, events } = restarted([walkPast(visitor)], [elsewhere], 800);
    expect(events.filter(({ kind }) => kind === 'left')).toMatchObject([{ reason: 'restart' }, { reason: 'ended' }]);
    expect([splits(parts), total(parts, 'entered')]).toEqual([1, 2]);
  });

  it('that takes longer than a gap splits everybody', () => {
    const { parts, events } = restarted([walkPast(visitor)], [walkPast(visitor)], 1200);
    expect(viewersWhoLeft(events).map(({ dwellMs }) => dwellMs)).toEqual([2900, 5900]);
    expect(splits(parts)).toBe(1);
  });

  it('splits those whose sensor never comes back', () => {
    const opened = openStream(null, headerOf(), OPTIONS);
    const before = watch(opened, film([walkPast(visitor)], { until: 3000 }));
    const waiting = openStream(before.state, headerOf(), OPTIONS);
    const { events } = tick(waiting, 4500, OPTIONS);
    expect(events).toMatchObject([{ kind: 'left', reason: 'restart', viewer: { dwellMs: 2900 } }]);
  });

  it('gives each of two neighbors back to himself', () => {
    const pair = [walkPast({ ...visitor, track: 1 }), walkPast({ ...visitor, track: 2, until: 6000 })];
    const exchanged = pair.map((person, index): Person => ({ ...person, trackAt: () => 2 - index }));
    const { events } = restarted(pair, exchanged, 800);
    expect(viewersWhoLeft(events).map(({ id, leftAt }) => [id, leftAt])).toEqual([
      ['s1-2', 6000],
      ['s1-1', 10_000],
    ]);
  });
});

/** The sensor restarts after 3 s and is back `awayMs` after its last frame. */
function restarted(before: readonly Person[], after: readonly Person[], awayMs: number): Measured {
  const first = watch(openStream(null, headerOf(), OPTIONS), film(before, { until: 3000 }));
  const again = watch(
    openStream(first.state, headerOf(), OPTIONS),
    film(after, { from: 2900 + awayMs, until: 10_000 }),
  );
  const both = { ...again, events: [...first.events, ...again.events], parts: [...first.parts, ...again.parts] };
  return proceed(both, endStream(again.state, 10_000, OPTIONS));
}

function splits(parts: Measured['parts']): number {
  return parts.reduce((sum, part) => sum + part.splitByRestart, 0);
}
