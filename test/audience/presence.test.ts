// What one track's presence keeps between frames, so that a track that is never confirmed stays cheap.
import { describe, expect, it } from 'vitest';
import { openStream } from '../../src/audience/observe.ts';
import { firstSeen, forget, pass } from '../../src/audience/presence.ts';
import { OPTIONS, watch } from '../support/measure-audience.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

describe('presence', () => {
  it('joins stretches that follow each other without a change', () => {
    const later = pass(pass(firstSeen(0, true), 0, 100), 100, 200);
    expect(later.certain).toEqual([{ from: 0, to: 200, attending: true }]);
  });

  it('forgets what lies before an instant', () => {
    const presence = pass(firstSeen(0, true), 0, 200);
    expect(forget(presence, 150).certain).toEqual([{ from: 150, to: 200, attending: true }]);
    expect(forget(presence, 200).certain).toEqual([]);
    expect(forget(presence, 0)).toBe(presence);
  });

  it('of a face that never passes the zoom check does not grow with the hours', () => {
    const fidgety = Array.from({ length: 3000 }, (_, index) => [index * 200, index * 200 + 100] as const);
    const shelf = walkPast({ from: 0, until: 600_000, looksAt: fidgety, zoomAt: () => 0 });
    const opened = openStream(null, headerOf({ zoomCheck: true }), OPTIONS);
    const { state } = watch(opened, film([shelf], { until: 600_000 }));
    expect(state.subjects[0]?.presence.certain.length).toBeLessThan(620);
  });
});
