// Random values of what the core hands to the contract.
import fc from 'fast-check';
import type { AudienceNow, HealthWord } from '../../src/audience/audience-now.ts';
import type { PlayAudience } from '../../src/audience/plays.ts';
import type { Cell, Rollup } from '../../src/audience/rollup.ts';
import type { AudienceEvent, Viewer } from '../../src/audience/viewer.ts';

export const wallAt = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
export const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
export const health = fc.constantFrom<HealthWord>('starting', 'ok', 'dark', 'frozen', 'reconnecting', 'ended');

const count = fc.nat(1000);
const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const duration = fc.double({ min: 0, max: 1e7, noNaN: true });
const majority = fc.option(fc.record({ name, marginRatio: ratio }));

export const audienceNow: fc.Arbitrary<AudienceNow> = fc.record({
  present: count,
  attending: count,
  watchers: count,
  longestDwellMs: duration,
  ageGroups: fc.dictionary(name, ratio),
  gender: fc.record({ female: ratio, male: ratio, unknown: count }),
  majorityAgeGroup: majority,
  majorityGender: majority,
});

const viewer: fc.Arbitrary<Viewer> = fc
  .record({
    id: name,
    enteredAt: duration,
    leftAt: fc.option(duration),
    dwellMs: duration,
    attendingRatio: ratio,
    glances: count,
    age: fc.option(fc.record({ group: name, probability: ratio, medianYears: count, minorProbability: ratio })),
    gender: fc.option(fc.record({ gender: fc.constantFrom('female' as const, 'male' as const), probability: ratio })),
  })
  .map(({ attendingRatio, ...rest }) => ({ ...rest, attentionMs: rest.dwellMs * attendingRatio }));

export const audienceEvent: fc.Arbitrary<AudienceEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('entered' as const, 'described' as const), at: duration, viewer }),
  fc.record({
    kind: fc.constant('left' as const),
    at: duration,
    viewer,
    reason: fc.constantFrom('gone' as const, 'ended' as const, 'restart' as const, 'static' as const),
  }),
);

const cell: fc.Arbitrary<Cell> = fc.record({
  ageGroup: name,
  gender: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
  personMs: duration,
  attentionMs: duration,
  entered: count,
  watchers: count,
});

export const rollup: fc.Arbitrary<Rollup> = fc
  .record({
    minute: fc.nat(60_000_000),
    revision: count,
    partial: fc.boolean(),
    uptimeMs: fc.nat(60_000),
    audience: fc.option(
      fc.record({
        personMs: duration,
        attentionMs: duration,
        entered: count,
        watchers: count,
        present: count,
        splitByRestart: count,
        cells: fc.array(cell),
      }),
    ),
  })
  .map(({ minute, ...rest }) => ({
    ...rest,
    period: '1m',
    offsetMs: 0,
    from: minute * 60_000,
    to: (minute + 1) * 60_000,
  }));

export const playAudience: fc.Arbitrary<PlayAudience> = fc.record({
  playId: fc.string({ minLength: 1, maxLength: 128 }),
  content: fc.string({ minLength: 1, maxLength: 128 }),
  startedAt: wallAt,
  lengthMs: duration,
  uptimeMs: duration,
  audience: fc.option(fc.record({ personMs: duration, attentionMs: duration, present: count, watchers: count })),
});
