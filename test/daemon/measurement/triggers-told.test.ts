// What was told last of each trigger is what is decided, whichever clock brought the decision about.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PayloadOf } from '../../../src/contract/topics.ts';
import type { PublisherPort } from '../../../src/daemon/measurement/ports.ts';
import { type Sighting, Triggers } from '../../../src/daemon/measurement/triggers.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { atLeast, MEN, man, rule, WOMEN, woman } from '../../targeting/audience.ts';

const TTL_MS = 6000;

it('a late frame that turns a rule on again in the very instant of the decision before is told at once', () => {
  const { clock, triggers, told } = rigged();
  triggers.observed(seen([woman()], 1000), 1000, null);
  expect(told.get('perfume')).toMatchObject({ on: true });
  clock.advance(3050);
  triggers.beat(seen([woman()], 1000));
  expect(told.get('perfume')).toMatchObject({ on: false });
  const offAt = told.get('perfume')?.since;
  clock.advance(30);
  // By its stamp it comes long before the beat; no decision is dated before another.
  triggers.observed(seen([woman()], clock.preciseNow()), 1090, null);
  expect(told.get('perfume')).toMatchObject({ on: true, seq: 2 });
  expect(told.get('brand')).toMatchObject({ on: false });
  expect(Date.parse(told.get('perfume')?.since ?? '')).toBe(Date.parse(offAt ?? '') + 30);
});

it('is so after any frames, beats and changes, and since then only when it has turned', () => {
  fc.assert(
    fc.property(fc.array(arbitraryDeed, { maxLength: 40 }), (deeds) => {
      const rig = rigged();
      for (const deed of deeds) {
        const before = new Map(rig.told);
        deed(rig);
        for (const [trigger, { on, since }] of rig.told) {
          expect([trigger, on]).toEqual([trigger, trigger === rig.triggers.on]);
          const last = before.get(trigger);
          if (last !== undefined) expect([trigger, since === last.since]).toEqual([trigger, on === last.on]);
        }
      }
    }),
  );
});

type Rig = Readonly<{ clock: ManualClock; triggers: Triggers; told: Map<string, PayloadOf<'trigger'>> }>;

function rigged(): Rig {
  const clock = manualClock();
  clock.advance(1000);
  const told: Rig['told'] = new Map();
  const publisher: PublisherPort = {
    // The payload belongs to the topic, which the types do not tell once they are apart.
    publish: (_, payload) => told.set((payload as PayloadOf<'trigger'>).trigger, payload as PayloadOf<'trigger'>),
    drain: () => undefined,
  };
  const targeting = {
    rules: [rule('perfume', atLeast(1, WOMEN)), rule('razor', atLeast(1, MEN), { holdMs: 200 })],
    defaultTrigger: 'brand',
  };
  const triggers = new Triggers({ targeting, timezone: 'UTC', session: 's1', ttlMs: TTL_MS }, { clock, publisher });
  return { clock, triggers, told };
}

function seen(present: Sighting['present'], seenAt: number, health: Sighting['health'] = 'ok'): Sighting {
  return { health, seenAt, maxIntervalMs: 500, present };
}

/** At least a millisecond each, since an instant is told in milliseconds. */
const arbitraryDeed: fc.Arbitrary<(rig: Rig) => void> = fc
  .record({
    waitMs: fc.integer({ min: 1, max: 4000 }),
    lateMs: fc.integer({ min: 0, max: 4000 }),
    present: fc.constantFrom(null, [], [woman()], [man()], [woman(), man()]),
    health: fc.constantFrom('ok' as const, 'reconnecting' as const),
    kind: fc.constantFrom('frame' as const, 'frame' as const, 'stream' as const, 'change' as const, 'beat' as const),
  })
  .map(({ waitMs, lateMs, present, health, kind }) => ({ clock, triggers }) => {
    clock.advance(waitMs);
    const at = clock.preciseNow() - lateMs;
    const sighting = seen(present, at, health);
    if (kind === 'stream') triggers.opened();
    if (kind === 'beat') triggers.beat(sighting);
    else if (kind === 'change') triggers.changed(sighting);
    else triggers.observed(sighting, at, null);
  });
