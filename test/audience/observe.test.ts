// Examples of what the audience core counts: visits, gaps, stalls, darkness, glances and the end of a stream.
import { describe, expect, it } from 'vitest';
import { endStream, observe, openStream, tick } from '../../src/audience/observe.ts';
import { measure, OPTIONS, proceed, total, viewersWhoLeft, watch } from '../support/measure-audience.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

describe('a visit', () => {
  it('lasts from the first detection to the frame that misses the face, and is told when it is confirmed', () => {
    const { events } = measure(film([walkPast({ from: 1000, until: 5000, looksAt: [2000, 3500] })]));
    expect(events.map(({ kind, at }) => [kind, at])).toEqual([
      ['entered', 1300],
      ['left', 6000],
    ]);
    expect(viewersWhoLeft(events)).toEqual([
      {
        id: 's1-1',
        enteredAt: 1000,
        leftAt: 5000,
        dwellMs: 4000,
        attentionMs: 1500,
        glances: 1,
        age: null,
        gender: null,
      },
    ]);
  });

  it('needs three detections over 300 ms', () => {
    expect(measure(film([walkPast({ from: 0, until: 300 })])).events).toEqual([]);
    expect(measure(film([walkPast({ from: 0, until: 400 })])).events).toHaveLength(2);
  });

  it('is not begun by frames that the gate skipped', () => {
    const carried = film([walkPast({ from: 0, until: 1000 })], { detectedAt: (at) => at < 200 });
    expect(measure(carried).events).toEqual([]);
  });

  it('goes on through frames that the gate skipped', () => {
    const { parts } = measure(film([walkPast({ from: 0, until: 9000 })], { detectedAt: (at) => at < 400 }));
    expect(total(parts, 'personMs')).toBe(9000);
  });

  it('ends with the stream when it is not over', () => {
    const { events } = measure(film([walkPast({ from: 0, until: 5000 })], { until: 3000 }));
    expect(events.at(-1)).toMatchObject({ kind: 'left', at: 3000, reason: 'ended', viewer: { dwellMs: 3000 } });
  });

  it('of 20 s is one viewer for a camera that takes a still every 2 s', () => {
    const stills = film([walkPast({ from: 1000, until: 21_000 })], { periodMs: 2000 });
    const { events, parts } = measure(stills, { periodMs: 2000 });
    expect(viewersWhoLeft(events)).toHaveLength(1);
    expect(total(parts, 'personMs')).toBe(20_000);
  });

  it.each([
    [250, 2],
    [200, 3],
  ])('at a frame every %i ms is confirmed by detection %i', (periodMs, detections) => {
    const glimpsed = (frames: number) =>
      measure(film([walkPast({ from: 0, until: frames * periodMs })], { periodMs }), { periodMs }).events.length;
    expect(glimpsed(detections - 1)).toBe(0);
    expect(glimpsed(detections)).toBe(2);
  });
});

describe('a gap', () => {
  it('of at most a second is credited when the same track closes it', () => {
    const { parts, events } = measure(film([walkPast({ from: 0, until: 6000, hidden: [[2000, 2900]] })]));
    expect(total(parts, 'personMs')).toBe(6000);
    expect(viewersWhoLeft(events)).toHaveLength(1);
  });

  it('that is longer ends the visit, and what comes later is another viewer', () => {
    const { parts, events } = measure(film([walkPast({ from: 0, until: 6000, hidden: [[2000, 3100]] })]));
    expect(viewersWhoLeft(events).map(({ dwellMs }) => dwellMs)).toEqual([2000, 2900]);
    expect(total(parts, 'entered')).toBe(2);
  });

  it('that stays open is not credited', () => {
    const { parts } = measure(film([walkPast({ from: 0, until: 2000 })], { until: 2900 }));
    expect(total(parts, 'personMs')).toBe(2000);
  });

  it('holds attention only when there is attention at both ends', () => {
    const hidden = [[1000, 1500]] as const;
    const attentionMs = (looksAt: readonly [number, number]) =>
      total(measure(film([walkPast({ from: 0, until: 2000, hidden, looksAt })])).parts, 'attentionMs');
    expect(attentionMs([0, 2000])).toBe(2000);
    expect(attentionMs([0, 1500])).toBe(900 + 100);
    expect(attentionMs([1500, 2000])).toBe(500);
  });
});

describe('a camera that stalls', () => {
  it('is credited with 500 ms for the frame before', () => {
    const { parts } = measure(film([walkPast({ from: 0, until: 5000 })], { stalled: [[2000, 2800]] }));
    expect(total(parts, 'personMs')).toBe(2000 + 400 + 2200);
    expect(parts.map(({ uptimeMs }) => uptimeMs)).toEqual([2000 + 400 + 5200]);
  });

  it('for longer than a gap ends the visit without losing what the last frame is credited with', () => {
    const { parts, events } = measure(film([walkPast({ from: 0, until: 8000 })], { stalled: [[2000, 5000]] }));
    expect(viewersWhoLeft(events).map(({ dwellMs, leftAt }) => [dwellMs, leftAt])).toEqual([
      [2400, 2400],
      [3000, 8000],
    ]);
    expect(total(parts, 'personMs')).toBe(2400 + 3000);
  });
});

describe('a camera that is not healthy', () => {
  it('counts nobody and no uptime', () => {
    const dark = film([walkPast({ from: 0, until: 6000 })], {
      cameraAt: (at) => (at >= 2000 && at < 2500 ? 'suspect' : 'ok'),
    });
    const { parts } = measure(dark);
    expect(total(parts, 'personMs')).toBe(5500);
    expect(parts.map(({ uptimeMs }) => uptimeMs)).toEqual([8500]);
  });
});

describe('glances', () => {
  it('are stretches of attention with more than a second between them', () => {
    const looksAt = [
      [500, 1000],
      [2000, 2500],
      [3600, 4000],
    ] as const;
    const { events } = measure(film([walkPast({ from: 0, until: 6000, looksAt })]));
    expect(viewersWhoLeft(events).map(({ glances, attentionMs }) => [glances, attentionMs])).toEqual([[2, 1400]]);
  });
});

describe('time without frames', () => {
  it('lets viewers leave with what their last frame is credited with', () => {
    const seen = watch(
      openStream(null, headerOf(), OPTIONS),
      film([walkPast({ from: 0, until: 9000 })], { until: 3000 }),
    );
    const quiet = proceed(seen, tick(seen.state, 4500, OPTIONS));
    expect(quiet.events.at(-1)).toMatchObject({
      kind: 'left',
      reason: 'gone',
      viewer: { dwellMs: 3400, leftAt: 3400 },
    });
    const { parts } = proceed(quiet, endStream(quiet.state, 5000, OPTIONS));
    expect(total(parts, 'personMs')).toBe(3400);
  });

  it('costs nothing when a frame that was under way arrives after it', () => {
    const frames = film([walkPast({ from: 0, until: 3000 })], { stalled: [[1000, 1400]] });
    const early = frames.filter(({ at }) => at < 1000);
    const late = frames.filter(({ at }) => at > 1000);
    const seen = watch(openStream(null, headerOf(), OPTIONS), early);
    const ticked = proceed(seen, tick(seen.state, 1600, OPTIONS));
    const then = watch(ticked.state, late);
    const { parts } = proceed(then, endStream(then.state, 6000, OPTIONS));
    expect(parts).toEqual(measure(frames).parts);
  });
});

describe('looks', () => {
  const man = { kind: 'normal', meanYears: 41, sdYears: 3 } as const;

  it('describe a viewer, and describe him anew only when a class changes', () => {
    const classified = [
      { at: 500, age: man, gender: { female: 0.05, male: 0.95 } },
      { at: 1500, age: man, gender: { female: 0.1, male: 0.9 } },
    ];
    const { events, parts } = measure(film([walkPast({ from: 0, until: 3000, classified })]));
    expect(events.map(({ kind, at }) => [kind, at])).toEqual([
      ['entered', 300],
      ['described', 500],
      ['left', 4000],
    ]);
    expect(parts.flatMap(({ cells }) => cells)).toMatchObject([{ ageGroup: 'adult', gender: 'male', personMs: 3000 }]);
  });

  it('belong to the face whose index they carry', () => {
    const people = [
      walkPast({ from: 0, until: 2000, track: 1 }),
      walkPast({ from: 0, until: 2000, track: 2, classified: [{ at: 500, age: man }] }),
    ];
    const { events } = measure(film(people));
    expect(viewersWhoLeft(events).map(({ age }) => age?.group)).toEqual([undefined, 'adult']);
  });

  it('leave those uncounted who have no track', () => {
    const [frame] = film([walkPast({ from: 0, until: 1000, trackAt: () => null })]);
    if (frame === undefined) throw new Error('the film has no frame');
    expect(observe(openStream(null, headerOf(), OPTIONS), frame, OPTIONS).state.subjects).toEqual([]);
  });
});
