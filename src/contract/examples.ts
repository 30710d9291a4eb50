// One example of every payload for the reference page, built by the same functions that build the real ones.
import { alertPayload } from './alert.ts';
import { availabilityPayload } from './availability.ts';
import { playEvent, rollupEvent, viewerEvent } from './events.ts';
import { healthPayload } from './health.ts';
import { infoPayload } from './info.ts';
import { instantText } from './instant.ts';
import { nowPayload } from './now.ts';
import type { PayloadOf, Screen, TopicName } from './topics.ts';
import { triggerPayload } from './trigger.ts';

const screen: Screen = { site: 'local', screen: 'lobby' };
const session = 'k3v9q2';
/** 2026-03-14T00:00:00Z */
const DAY_AT = 1_773_446_400_000;
/** 2026-03-14T09:26:00Z */
const MINUTE_AT = 1_773_480_360_000;
const wallAt = MINUTE_AT + 12_345;

export const examples: Readonly<{ [Name in TopicName]: PayloadOf<Name> }> = {
  availability: availabilityPayload('online', session, wallAt),
  info: infoPayload({
    session,
    wallAt,
    version: '0.1.0',
    header: {
      version: 1,
      session,
      source: 'camera video0',
      clock: 'monotonic',
      wallAtZero: MINUTE_AT,
      clockSynced: true,
      periodMs: 100,
      frame: { width: 640, height: 480 },
      attentionMethod: 'yaw',
      zoomCheck: true,
      classifiesAge: true,
      thresholds: { start: 0.5, continue: 0.4 },
      live: true,
    },
    options: {
      maxGapMs: 1000,
      watcherMs: 1000,
      age: {
        groups: [
          { name: 'child', fromYears: 0, toYears: 13 },
          { name: 'adult', fromYears: 14, toYears: null },
        ],
        minConfidence: 0.6,
      },
      gender: { minConfidence: 0.7 },
      minors: { limitRatio: 0.5 },
      staticChangeRatio: 0.01,
      staticAfterMs: 300_000,
    },
    timing: { maxIntervalMs: 500, maxGapMs: 1000, lagMs: 1000, confirm: { periodMs: 100, zoomCheck: true } },
    confirmation: { detections: 3, milliseconds: 300 },
    maxYawDegrees: 25,
    k: 1,
    nets: {
      pack: 'a-pack',
      models: [
        {
          name: 'an-age-and-gender-net',
          role: 'classifier',
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          license: 'MIT',
          commercialUse: 'clear',
        },
      ],
    },
  }),
  now: nowPayload(
    {
      present: 3,
      attending: 2,
      watchers: 1,
      longestDwellMs: 8400,
      ageGroups: { child: 0.04, adult: 1.96, under18: 0, unknown: 1 },
      gender: { female: 1.71, male: 0.29, unknown: 1 },
      majorityAgeGroup: { name: 'adult', marginRatio: 0.32 },
      majorityGender: { name: 'female', marginRatio: 0.237 },
    },
    { session, seq: 118, wallAt, ttlMs: 6000, ageMs: 42, health: 'ok' },
  ),
  trigger: triggerPayload(
    { trigger: 'perfume', on: true, reason: 'mostly women: 2 of 3 present' },
    { session, seq: 7, wallAt, since: wallAt - 2400, ttlMs: 6000, ageMs: 38 },
  ),
  viewer: viewerEvent(
    {
      kind: 'left',
      at: 12_345,
      reason: 'gone',
      viewer: {
        id: `${session}-17`,
        enteredAt: 3100,
        leftAt: 11_300,
        dwellMs: 8200,
        attentionMs: 5600,
        glances: 2,
        age: { group: 'adult', probability: 0.94, medianYears: 37, minorProbability: 0.03 },
        gender: { gender: 'female', probability: 0.97 },
      },
    },
    screen,
    session,
    MINUTE_AT,
  ),
  rollup: rollupEvent(
    {
      period: '1m',
      from: MINUTE_AT,
      to: MINUTE_AT + 60_000,
      offsetMs: 0,
      revision: 0,
      partial: false,
      uptimeMs: 60_000,
      audience: {
        personMs: 74_300,
        attentionMs: 31_900,
        entered: 6,
        watchers: 3,
        present: 7,
        splitByRestart: 0,
        cells: [
          { ageGroup: 'adult', gender: 'female', personMs: 52_100, attentionMs: 27_800, entered: 4, watchers: 3 },
          { ageGroup: 'unknown', gender: 'unknown', personMs: 22_200, attentionMs: 4100, entered: 2, watchers: 0 },
        ],
      },
    },
    screen,
    false,
  ),
  replay: {
    requestId: 'night-7',
    period: '15m',
    from: instantText(DAY_AT - 86_400_000),
    to: instantText(DAY_AT),
  },
  'replay-result': {
    session,
    at: instantText(wallAt),
    requestId: 'night-7',
    state: 'done',
    rollups: 96,
    reason: null,
  },
  play: { playId: 'p-1031', content: 'spring-campaign', state: 'ended' },
  'play-audience': playEvent(
    {
      playId: 'p-1031',
      content: 'spring-campaign',
      startedAt: wallAt - 10_000,
      lengthMs: 10_000,
      uptimeMs: 10_000,
      audience: { personMs: 23_400, attentionMs: 11_200, present: 3, watchers: 2 },
    },
    screen,
    session,
  ),
  health: healthPayload({
    session,
    wallAt,
    health: 'ok',
    fault: null,
    detail: null,
    framesPerSecond: 9.98,
    frameAgeMs: 42,
    luma: 113.4,
    sharpness: 6.31,
    framesDropped: 0,
    observationsDropped: 0,
    restarts: 0,
    outboxDepth: 0,
    rollupsLost: 0,
    liveMessagesDropped: 0,
    messagesRefused: 0,
    storage: 'ok',
    staticExcluded: [],
    temperatureCelsius: 61.3,
    throttled: false,
    undervoltage: false,
    clockSynced: true,
  }),
  alert: alertPayload({
    session,
    wallAt,
    alert: 'covered',
    since: MINUTE_AT,
    until: null,
    detail: 'the picture is covered',
  }),
};
