// Payloads made from fixed facts are byte for byte what they were, so that none changes unnoticed.
import { expect, test } from 'vitest';
import type { Rollup } from '../../src/audience/rollup.ts';
import type { Viewer } from '../../src/audience/viewer.ts';
import { alertPayload } from '../../src/contract/alert.ts';
import { availabilityPayload } from '../../src/contract/availability.ts';
import { playEvent, rollupEvent, viewerEvent } from '../../src/contract/events.ts';
import { examples } from '../../src/contract/examples.ts';
import { healthPayload } from '../../src/contract/health.ts';
import { nowPayload } from '../../src/contract/now.ts';
import { type PayloadOf, TOPIC_NAMES, type TopicName, topics } from '../../src/contract/topics.ts';
import { triggerPayload } from '../../src/contract/trigger.ts';

const wallAt = Date.UTC(2026, 2, 14, 9, 26);
const session = 's1';
const screen = { site: 'Zürich', screen: 'lobby' };
const unseen = { session, seq: 0, wallAt, ttlMs: 6000, ageMs: null, health: 'starting' as const };
const nobody = {
  present: 0,
  attending: 0,
  watchers: 0,
  longestDwellMs: 0,
  ageGroups: { child: 0, adult: 0, unknown: 0 },
  gender: { female: 0, male: 0, unknown: 0 },
  majorityAgeGroup: null,
  majorityGender: null,
};
const viewer: Viewer = {
  id: 's1-3',
  enteredAt: 1000.4,
  leftAt: null,
  dwellMs: 1234.5,
  attentionMs: 0,
  glances: 0,
  age: null,
  gender: null,
};
const gap: Rollup = {
  period: '1d',
  from: Date.UTC(2026, 2, 13, 23),
  to: Date.UTC(2026, 2, 14, 23),
  offsetMs: 3_600_000,
  revision: 2,
  partial: true,
  uptimeMs: 0,
  audience: null,
};
const unseenPlay = { playId: 'p-1', content: 'a', startedAt: wallAt, lengthMs: 10_000, uptimeMs: 0, audience: null };

/** Beside the example of each topic, what an example does not show: nothing known, nothing there, the end. */
const others: Readonly<{ [Name in TopicName]?: readonly PayloadOf<Name>[] }> = {
  availability: [availabilityPayload('stopped', session, wallAt), availabilityPayload('offline', session, wallAt)],
  now: [
    nowPayload(null, unseen),
    nowPayload(nobody, { ...unseen, seq: 9, ageMs: 41, health: 'ok' }),
    nowPayload(nobody, { ...unseen, seq: 10, ageMs: 41, health: 'dark' }),
  ],
  trigger: [
    triggerPayload(
      { trigger: 'default', on: false, reason: 'nothing was seen yet' },
      { session, seq: 0, wallAt, since: wallAt, ttlMs: 6000, ageMs: null },
    ),
  ],
  viewer: [
    viewerEvent({ kind: 'entered', at: 1000.4, viewer }, screen, session, wallAt),
    viewerEvent(
      { kind: 'left', at: 2500, reason: 'static', viewer: { ...viewer, leftAt: 2235 } },
      screen,
      session,
      wallAt,
    ),
  ],
  rollup: [rollupEvent(gap, screen, true)],
  'play-audience': [playEvent(unseenPlay, screen, session)],
  health: [
    healthPayload({
      ...examples.health,
      wallAt,
      health: 'reconnecting',
      fault: 'absent',
      detail: 'there is no camera',
      framesPerSecond: null,
      frameAgeMs: 1234.56,
      storage: 'failing',
      staticExcluded: [{ at: wallAt, viewer: 's1-3' }],
    }),
  ],
  alert: [
    alertPayload({ session, wallAt, alert: 'dark', since: wallAt - 60_000, until: wallAt, detail: 'it is black' }),
  ],
};

test.each(TOPIC_NAMES)('%s', async (name) => {
  const payloads = [examples[name], ...(others[name] ?? [])];
  for (const payload of payloads) topics[name].schema.parse(payload);
  const path = `../fixtures/contract/${name}.json`;
  await expect(
    `${JSON.stringify(payloads, null, 2)}\n`,
    `the payload of ${name} is not that of test/fixtures/contract/${name}.json. If that is intended, take it over with
"npx vitest run test/contract/golden.test.ts --update", and tell users in CHANGELOG.md what changed`,
  ).toMatchFileSnapshot(path);
});
