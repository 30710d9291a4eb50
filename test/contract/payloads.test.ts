// Every payload that is built is one that its schema accepts, and unknown is never told as a number.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timingOf } from '../../src/audience/options.ts';
import { availabilityPayload } from '../../src/contract/availability.ts';
import { rollupEvent, viewerEvent } from '../../src/contract/events.ts';
import { examples } from '../../src/contract/examples.ts';
import { healthPayload } from '../../src/contract/health.ts';
import { infoPayload } from '../../src/contract/info.ts';
import { nowPayload } from '../../src/contract/now.ts';
import { topicOf, topics } from '../../src/contract/topics.ts';
import { audienceEvent, audienceNow, health, name, rollup, wallAt } from './arbitraries.ts';

const screen = fc.record({ site: name, screen: name });
const envelope = fc.record({
  session: name,
  seq: fc.nat(),
  wallAt,
  ttlMs: fc.nat(60_000),
  ageMs: fc.option(fc.nat(60_000)),
  health,
});

describe('now', () => {
  it('is valid for every audience', () => {
    fc.assert(
      fc.property(fc.option(audienceNow), envelope, (audience, about) => {
        topics.now.schema.parse(nowPayload(audience, about));
      }),
    );
  });

  it('tells counts while the source sees, and null while it does not', () => {
    fc.assert(
      fc.property(fc.option(audienceNow), envelope, (audience, about) => {
        const { present, attending, ageGroups, gender } = nowPayload(audience, about);
        const isKnown = audience !== null && about.health === 'ok';
        expect(present).toBe(isKnown ? audience.present : null);
        expect(attending).toBe(isKnown ? audience.attending : null);
        expect([ageGroups === null, gender === null]).toEqual([!isKnown, !isKnown]);
      }),
    );
  });

  it('tells an empty place as 0', () => {
    const empty = {
      present: 0,
      attending: 0,
      watchers: 0,
      longestDwellMs: 0,
      ageGroups: {},
      gender: { female: 0, male: 0, unknown: 0 },
      majorityAgeGroup: null,
      majorityGender: null,
    };
    const payload = nowPayload(empty, { session: 's', seq: 0, wallAt: 0, ttlMs: 6000, ageMs: 5, health: 'ok' });
    expect(payload).toMatchObject({ ...empty, at: '1970-01-01T00:00:00.000Z', ageMs: 5 });
  });
});

describe('events', () => {
  it('of viewers are valid, and attention never exceeds dwell', () => {
    fc.assert(
      fc.property(audienceEvent, screen, name, wallAt, (event, where, session, wallAtZero) => {
        const { type, data } = topics.viewer.schema.parse(viewerEvent(event, where, session, wallAtZero));
        expect(type).toBe(`onlooker.viewer.${event.kind}.v1`);
        expect(data.attentionMs).toBeLessThanOrEqual(data.dwellMs);
      }),
    );
  });

  it('of rollups are valid, with nulls where nothing could be observed', () => {
    fc.assert(
      fc.property(rollup, screen, fc.boolean(), (written, where, historical) => {
        const { data } = topics.rollup.schema.parse(rollupEvent(written, where, historical));
        expect(data.personSeconds === null).toBe(written.audience === null);
        expect(data.cells === null).toBe(written.audience === null);
        expect(data.historical).toBe(historical);
      }),
    );
  });

  it('of rollups have an id that follows from screen, period and revision alone', () => {
    fc.assert(
      fc.property(rollup, rollup, screen, (one, other, where) => {
        const { id } = rollupEvent(one, where, false);
        expect(rollupEvent({ ...other, from: one.from, revision: one.revision }, where, true).id).toBe(id);
        expect(rollupEvent({ ...one, revision: one.revision + 1 }, where, false).id).not.toBe(id);
        expect(rollupEvent({ ...one, from: one.from + 60_000 }, where, false).id).not.toBe(id);
        expect(rollupEvent(one, { ...where, screen: `${where.screen}x` }, false).id).not.toBe(id);
      }),
    );
  });
});

it('availability is valid', () => {
  fc.assert(
    fc.property(fc.constantFrom('online', 'stopped', 'offline'), name, wallAt, (state, session, at) => {
      topics.availability.schema.parse(availabilityPayload(state, session, at));
    }),
  );
});

it('health rounds what nobody reads to the last digit', () => {
  const { at, ...facts } = examples.health;
  const payload = healthPayload({
    ...facts,
    wallAt: 0,
    framesPerSecond: 9.98765,
    frameAgeMs: 41.7,
    luma: 113.44,
    sharpness: null,
    staticExcluded: [{ at: 1000, viewer: 's-1' }],
  });
  expect(topics.health.schema.parse(payload)).toMatchObject({
    framesPerSecond: 10,
    frameAgeMs: 42,
    luma: 113.4,
    sharpness: null,
    staticExcluded: [{ at: '1970-01-01T00:00:01.000Z', viewer: 's-1' }],
  });
});

describe('info', () => {
  const facts = {
    session: 's',
    wallAt: 0,
    version: '1.2.3',
    header: {
      version: 1 as const,
      session: 's',
      source: 'camera',
      clock: 'monotonic' as const,
      wallAtZero: 0,
      clockSynced: null,
      periodMs: 200,
      frame: { width: 640, height: 480 },
      attentionMethod: 'yaw' as const,
      thresholds: { start: 0.5, continue: 0.4 },
      zoomCheck: false,
      classifiesAge: true,
      live: true,
    },
    options: {
      maxGapMs: 1000,
      watcherMs: 1000,
      age: { groups: [{ name: 'all', fromYears: 0, toYears: null }], minConfidence: 0.6 },
      gender: { minConfidence: 0.7 },
      minors: { limitRatio: 0.5 },
      staticChangeRatio: 0.01,
      staticAfterMs: 1,
    },
    timing: timingOf({ periodMs: 200, zoomCheck: false }, 1000),
    confirmation: { detections: 3, milliseconds: 300 },
    maxYawDegrees: 25,
    k: 5,
  };

  it('is valid, and tells the times that are in force', () => {
    const payload = topics.info.schema.parse(
      infoPayload({ ...facts, nets: { pack: 'default', models: examples.info.models } }),
    );
    expect(payload.measurement).toMatchObject({ framePeriodMs: 200, maxIntervalMs: 500, lagMs: 1000 });
    expect(payload.privacy).toMatchObject({ mode: 'age-and-gender', k: 5 });
    expect(payload.pack).toBe('default');
  });

  it('says count-only when no classifier is loaded', () => {
    const detectors = examples.info.models.map((model) => ({ ...model, role: 'detector' as const }));
    const nets = { pack: 'clear-licences', models: detectors };
    expect(infoPayload({ ...facts, nets })).toMatchObject({ pack: 'clear-licences', privacy: { mode: 'count-only' } });
  });

  it('knows no pack of a recording', () => {
    expect(infoPayload({ ...facts, nets: null })).toMatchObject({ pack: null, models: [] });
  });
});

it('topics lie below the prefix of their screen', () => {
  expect(topicOf({ site: 'local', screen: 'lobby' }, 'play-audience')).toBe('onlooker/v1/local/lobby/play-audience');
});
