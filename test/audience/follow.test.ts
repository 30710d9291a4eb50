// The tracker: people stay who they are while they move, weak detections start nothing, and looks keep to their budgets.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carry, type Detection, follow, startFollowing } from '../../src/audience/follow.ts';
import { FOLLOW_OPTIONS, LOOK_OPTIONS, measure, total, viewersWhoLeft } from '../support/measure-audience.ts';
import { trackFilm, tracksIn } from '../support/track-film.ts';
import { boxAround, type DetectedFrame, detectionsOf, film, type Person, walkPast } from '../support/walk-past.ts';

const MAN = { age: null, gender: { female: 0.02, male: 0.98 } };

describe('people who walk', () => {
  const walker = fc.record({
    from: fc.integer({ min: 0, max: 2000 }),
    lasts: fc.integer({ min: 1000, max: 5000 }),
    x: fc.integer({ min: 0, max: 640 }),
    speedX: fc.integer({ min: -200, max: 200 }),
  });
  const crowd = fc
    .array(walker, { minLength: 1, maxLength: 4 })
    .map((walkers) =>
      walkers.map(({ from, lasts, x, speedX }, index) =>
        walkPast({ from, until: from + lasts, x, y: 100 + 150 * index, speedX }),
      ),
    );

  it('apart from each other are one track each, and what is counted is as if each had been known', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const observations = trackFilm(detectionsOf(people));
        expect(tracksIn(observations)).toHaveLength(people.length);
        const known = people.map((person, index): Person => ({ ...person, trackAt: () => index + 1 }));
        const personMs = (seen: Parameters<typeof measure>[0]) => total(measure(seen).parts, 'personMs');
        expect(personMs(observations)).toBe(personMs(film(known)));
      }),
      { numRuns: 50 },
    );
  });

  it('are followed alike whatever the order of the detections', () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const frames = detectionsOf(people);
        const turned = frames.map(({ at, detections }) => ({ at, detections: detections.toReversed() }));
        const counted = (seen: readonly DetectedFrame[]) => measure(trackFilm(seen)).parts;
        expect(counted(turned)).toEqual(counted(frames));
      }),
      { numRuns: 50 },
    );
  });

  it('and cross stay two viewers with all their person-seconds', () => {
    const right = walkPast({ from: 0, until: 4000, x: 100, speedX: 110 });
    const left = walkPast({ from: 0, until: 4000, x: 540, y: 210, speedX: -110 });
    const observations = trackFilm(detectionsOf([right, left]));
    const { parts, events } = measure(observations);
    expect(viewersWhoLeft(events).map(({ dwellMs }) => dwellMs)).toEqual([4000, 4000]);
    expect(total(parts, 'personMs')).toBe(8000);
    const lastX = (track: number) => observations[39]?.faces.find((face) => face.track === track)?.box.x ?? 0;
    expect(lastX(1)).toBeGreaterThan(lastX(2));
  });

  it('behind a pillar for less than a second stay who they are', () => {
    const person = walkPast({ from: 0, until: 4000, x: 100, speedX: 60, hidden: [[1500, 2400]] });
    expect(tracksIn(trackFilm(detectionsOf([person])))).toEqual([1]);
  });

  it('away for longer than a gap are new', () => {
    const person = walkPast({ from: 0, until: 4000, hidden: [[1500, 2600]] });
    expect(tracksIn(trackFilm(detectionsOf([person])))).toEqual([1, 2]);
  });

  it('past a camera of one still in 2 s are one viewer when they stand for 20 s', () => {
    const frames = detectionsOf([walkPast({ from: 0, until: 20_000 })], { periodMs: 2000 });
    const options = { ...FOLLOW_OPTIONS, periodMs: 2000, maxGapMs: 5000 };
    const { parts } = measure(trackFilm(frames, { options }), { periodMs: 2000 });
    expect([total(parts, 'entered'), total(parts, 'personMs')]).toEqual([1, 20_000]);
  });
});

describe('a weak detection', () => {
  const weak = (confidence: number): Detection => ({ box: boxAround(100, 100, 50), confidence, keypoints: null });

  it('starts no track, but continues one', () => {
    const alone = follow(startFollowing(), [weak(0.5)], 0, FOLLOW_OPTIONS);
    expect(alone.tracks).toEqual([null]);
    const strong = follow(alone.state, [weak(0.9)], 100, FOLLOW_OPTIONS);
    expect(follow(strong.state, [weak(0.5)], 200, FOLLOW_OPTIONS).tracks).toEqual(strong.tracks);
  });

  it('below both thresholds is nobody', () => {
    const strong = follow(startFollowing(), [weak(0.9)], 0, FOLLOW_OPTIONS);
    expect(follow(strong.state, [weak(0.3)], 100, FOLLOW_OPTIONS).tracks).toEqual([null]);
  });
});

describe('frames that the gate skips', () => {
  it('keep alive who was detected in the last one, and not who was missed in it', () => {
    const person = (x: number): Detection => ({ box: boxAround(x, 100, 50), confidence: 0.9, keypoints: null });
    const both = follow(startFollowing(), [person(100), person(300)], 0, FOLLOW_OPTIONS);
    const one = follow(both.state, [person(100)], 100, FOLLOW_OPTIONS);
    const carried = [1000, 2000, 3000].reduce(carry, one.state);
    const back = follow(carried, [person(100), person(300)], 3100, FOLLOW_OPTIONS);
    expect(back.tracks).toEqual([1, 3]);
  });
});

describe('looks', () => {
  const looksOf = (frames: readonly DetectedFrame[], look = () => MAN) =>
    trackFilm(frames, { look }).map(({ at, looks }) => ({ at, looks: looks.length }));
  const count = (frames: ReturnType<typeof looksOf>) => frames.reduce((sum, { looks }) => sum + looks, 0);

  it('wait until the track is confirmed', () => {
    const [first] = looksOf(detectionsOf([walkPast({ from: 0, until: 2000 })])).filter(({ looks }) => looks > 0);
    expect(first?.at).toBe(400);
  });

  it('stop when the answer is settled, and go on to the limit while it is not', () => {
    const frames = detectionsOf([walkPast({ from: 0, until: 120_000 })]);
    const undecided = () => ({ age: null, gender: { female: 0.5, male: 0.5 } });
    expect(count(looksOf(frames))).toBe(1);
    expect(count(looksOf(frames, undecided))).toBe(LOOK_OPTIONS.maxPerTrack * 0.75);
  });

  it('are never more than the budget of a frame, and nobody waits for ever', () => {
    const people = Array.from({ length: 5 }, (_, index) => walkPast({ from: 0, until: 3000, track: index + 1 }));
    const frames = looksOf(detectionsOf(people));
    expect(Math.max(...frames.map(({ looks }) => looks))).toBe(LOOK_OPTIONS.maxPerFrame);
    expect(count(frames)).toBe(5);
  });
});

describe('zoom checks', () => {
  it('that fail keep a track from being a viewer, however long it stays', () => {
    const options = { ...FOLLOW_OPTIONS, zoomCheck: true };
    const shelf = trackFilm(detectionsOf([walkPast({ from: 0, until: 150_000 })]), { options, zoom: () => 0.2 });
    const { events, parts, state } = measure(shelf, { zoomCheck: true });
    expect([events.length, total(parts, 'personMs'), state.subjects.length]).toEqual([0, 0, 0]);
    const checks = shelf.flatMap(({ faces }) => faces.filter(({ zoom }) => zoom !== null)).length;
    expect(checks).toBeLessThan(shelf.length / 4);
  });

  it('that pass at last credit the time before them', () => {
    const options = { ...FOLLOW_OPTIONS, zoomCheck: true };
    const zoom = (at: number) => (at < 500 ? 0 : 1);
    const seen = trackFilm(detectionsOf([walkPast({ from: 0, until: 5000 })]), { options, zoom });
    const { parts } = measure(seen, { zoomCheck: true });
    expect(total(parts, 'personMs')).toBe(5000);
  });
});
