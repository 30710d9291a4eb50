// Tests the rule for consumers, message by message, and that no order of messages lets an advertisement run for too long.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { changesAt, type Heard, hear, linked, NO_BELIEF, SETTLE_MS, stateAt } from '../../src/player/belief.ts';
import { availability, heardAt0, live, now, online, retained, TTL_MS, trigger } from './messages.ts';

describe('a trigger', () => {
  it('is on until its receipt + ttlMs - ageMs, and then not', () => {
    const belief = heardAt0(online, live.trigger(trigger({ ageMs: 400 })));
    expect(stateAt(belief, TTL_MS - 401)).toMatchObject({ trigger: 'families', why: 'two children are there' });
    expect(stateAt(belief, TTL_MS - 400).trigger).toBeNull();
    expect(changesAt(belief, 0)).toBe(TTL_MS - 400);
    expect(changesAt(belief, TTL_MS - 400)).toBeNull();
  });

  it.each([
    ['it came retained', [online, retained(live.trigger(trigger()))]],
    ['availability is not known', [live.trigger(trigger())]],
    ['the daemon is offline', [online, live.trigger(trigger()), live.availability(availability('offline'))]],
    ['the daemon has stopped', [online, live.trigger(trigger()), live.availability(availability('stopped'))]],
    ['another session is online', [online, live.trigger(trigger({ session: 's0' }))]],
    ['a new session began', [online, live.trigger(trigger()), live.availability(availability('online', 's2'))]],
    ['nothing had been observed', [online, live.trigger(trigger({ ageMs: null }))]],
    ['it was older than its ttl when it came', [online, live.trigger(trigger({ ageMs: TTL_MS }))]],
  ])('is not on when %s', (_, messages) => {
    expect(stateAt(heardAt0(...messages), 0).trigger).toBeNull();
  });

  it.each([
    ['it went off', []],
    ['it went off, and an old message was repeated', [live.trigger(trigger())]],
    ['it went off, and that was said again', [live.trigger(trigger({ seq: 3, on: false }))]],
  ])('is still on for the moment in which another may come on, and then not, when %s', (_, messages) => {
    const belief = heardAt0(online, live.trigger(trigger()), live.trigger(trigger({ seq: 2, on: false })), ...messages);
    expect(stateAt(belief, SETTLE_MS - 1)).toMatchObject({ trigger: 'families', why: 'two children are there' });
    expect(changesAt(belief, 0)).toBe(SETTLE_MS);
    expect(stateAt(belief, SETTLE_MS).trigger).toBeNull();
  });

  it('that went off is not on for longer than its message could be believed, and not without its daemon', () => {
    const old = trigger({ ageMs: TTL_MS - 10 });
    const left = heardAt0(online, live.trigger(old), live.trigger({ ...old, seq: 2, on: false }));
    expect(stateAt(left, 9).trigger).toBe('families');
    expect(stateAt(left, 10).trigger).toBeNull();
    expect(stateAt(hear(left, live.availability(availability('offline')), 1), 1).trigger).toBeNull();
  });

  it('gives way to the next at once', () => {
    const left = heardAt0(online, live.trigger(trigger()), live.trigger(trigger({ seq: 2, on: false })));
    const next = hear(left, live.trigger(trigger({ trigger: 'groups' })), 5);
    expect(stateAt(next, 5).trigger).toBe('groups');
    const gone = hear(next, live.trigger(trigger({ trigger: 'groups', seq: 2, on: false })), 6);
    expect(stateAt(gone, 6).trigger).toBe('groups');
  });

  it('goes over to the one that was turned on last', () => {
    const belief = heardAt0(
      online,
      live.trigger(trigger()),
      live.trigger(trigger({ trigger: 'groups' })),
      live.trigger(trigger({ seq: 2, on: false })),
    );
    expect(stateAt(belief, 0).trigger).toBe('groups');
  });

  it('is believed again when a late will of an older session is corrected', () => {
    const late = heardAt0(online, live.trigger(trigger()), live.availability(availability('offline', 's0')));
    expect(stateAt(late, 1).trigger).toBeNull();
    expect(stateAt(hear(late, live.availability(availability('online')), 2), 2).trigger).toBe('families');
  });

  it('told again with the same number lives no longer for it', () => {
    const belief = hear(heardAt0(online, live.trigger(trigger())), live.trigger(trigger()), 3000);
    expect(stateAt(belief, TTL_MS - 1).trigger).toBe('families');
    expect(stateAt(belief, TTL_MS).trigger).toBeNull();
  });

  it('outlives the connection, but not its time', () => {
    const belief = linked(heardAt0(online, live.trigger(trigger())), false);
    expect(stateAt(belief, TTL_MS - 1).trigger).toBe('families');
    expect(stateAt(belief, TTL_MS)).toMatchObject({ trigger: null, why: 'no connection to the broker' });
  });
});

describe('the audience', () => {
  it('is known while the source sees, and its age goes on', () => {
    const state = stateAt(heardAt0(online, live.now(now({ ageMs: 250 }))), 100);
    expect(state).toMatchObject({ known: true, observedAt: -250, audience: { present: 2 }, why: 'no trigger is on' });
  });

  it.each([
    ['no connection to the broker', NO_BELIEF, 0],
    ['no daemon has been heard of for this screen', heardAt0(), 0],
    ['the daemon is offline', heardAt0(live.availability(availability('offline'))), 0],
    ['waiting for a live message of the daemon', heardAt0(online, retained(live.now(now()))), 0],
    ['nothing has been observed yet', heardAt0(online, live.now(now({ ageMs: null }))), 0],
    ['what was heard last is too old', heardAt0(online, live.now(now())), TTL_MS],
    [
      'the audience is unknown: the source is dark',
      heardAt0(online, live.now(now({ health: 'dark', present: null }))),
      0,
    ],
  ])('is not known: %s', (why, belief, at) => {
    expect(stateAt(belief, at)).toMatchObject({ known: false, trigger: null, why });
  });

  it('waits for the live message of a trigger that the broker has kept, and no longer', () => {
    const waiting = 'waiting for the first live message of the trigger families';
    const joined = heardAt0(online, retained(live.trigger(trigger())), live.now(now()));
    expect(stateAt(joined, 0)).toMatchObject({ trigger: null, known: true, why: waiting });
    const heard = (message: Heard) => stateAt(hear(joined, message, 0), SETTLE_MS).why;
    expect(heard(live.trigger(trigger()))).toBe('two children are there');
    expect(heard(live.trigger(trigger({ seq: 2, on: false })))).toBe('no trigger is on');
    expect(heard(live.trigger(trigger({ trigger: 'groups', on: false })))).toBe(waiting);
    expect(heard(live.trigger(trigger({ trigger: 'groups', reason: 'five are there' })))).toBe('five are there');
  });

  it.each([
    ['of another session', [retained(live.trigger(trigger({ session: 's0' }))), online]],
    ['of one that is off', [online, retained(live.trigger(trigger({ on: false })))]],
    ['that was heard live before', [online, live.trigger(trigger({ ttlMs: 0 })), retained(live.trigger(trigger()))]],
  ])('waits for no trigger %s', (_, messages) => {
    expect(stateAt(heardAt0(...messages, live.now(now())), 0).why).toBe('no trigger is on');
  });

  it('may be nobody, which is known', () => {
    expect(stateAt(heardAt0(online, live.now(now({ present: 0 }))), 0)).toMatchObject({
      known: true,
      why: 'nobody is there',
    });
  });
});

const session = fc.constantFrom('s1', 's2');
const heard: fc.Arbitrary<Heard> = fc.oneof(
  fc.record({
    name: fc.constant('availability' as const),
    payload: fc
      .tuple(fc.constantFrom('online', 'online', 'offline', 'stopped'), session)
      .map((said) => availability(...said)),
    retained: fc.boolean(),
  }),
  fc.record({
    name: fc.constant('now' as const),
    payload: fc.record({ session, seq: fc.nat(20), ageMs: fc.option(fc.nat(8000)), ttlMs: fc.nat(8000) }).map(now),
    retained: fc.boolean(),
  }),
  fc.record({
    name: fc.constant('trigger' as const),
    payload: fc
      .record({
        session,
        seq: fc.nat(20),
        ageMs: fc.option(fc.nat(8000)),
        ttlMs: fc.nat(8000),
        trigger: fc.constantFrom('families', 'groups'),
        on: fc.boolean(),
      })
      .map(trigger),
    retained: fc.boolean(),
  }),
);
// As long as they may be: in short ones hardly anything is ever on.
const story = fc.array(fc.tuple(fc.nat(3000), heard), { maxLength: 40, size: 'max' });

/** What the rule allows at most, read off the whole story with no memory but the story. */
function mayBeOn(past: readonly Readonly<{ at: number; heard: Heard }>[], name: string, at: number): boolean {
  const said = past.flatMap(({ heard }) => (heard.name === 'availability' ? [heard.payload] : [])).at(-1);
  return past.some(({ at: receivedAt, heard }) => {
    if (heard.name !== 'trigger' || heard.retained || said?.state !== 'online') return false;
    const { payload } = heard;
    return (
      payload.trigger === name &&
      payload.on &&
      payload.session === said.session &&
      payload.ageMs !== null &&
      at < receivedAt + payload.ttlMs - payload.ageMs
    );
  });
}

test('no order of messages, wills, sessions and retained states lets a trigger be on longer than the rule allows', () => {
  let timesOn = 0;
  fc.assert(
    fc.property(story, fc.nat(9000), (pieces, waitMs) => {
      let belief = NO_BELIEF;
      let at = 0;
      const past: { at: number; heard: Heard }[] = [];
      for (const [pause, heard] of [...pieces]) {
        at += pause;
        past.push({ at, heard });
        belief = hear(belief, heard, at);
        for (const moment of [at, at + waitMs]) {
          const { trigger: name } = stateAt(belief, moment);
          if (name === null) continue;
          timesOn += 1;
          expect(mayBeOn(past, name, moment)).toBe(true);
        }
      }
    }),
    { numRuns: 2000 },
  );
  expect(timesOn).toBeGreaterThan(100);
});

test('between two messages the state changes only when it said that it would', () => {
  fc.assert(
    fc.property(story, fc.nat(9000), (pieces, waitMs) => {
      let at = 0;
      let belief = NO_BELIEF;
      for (const [pause, heard] of pieces) {
        at += pause;
        belief = hear(belief, heard, at);
      }
      const until = changesAt(belief, at);
      const later = Math.min(at + waitMs, until === null ? Number.POSITIVE_INFINITY : until - 1);
      expect(stateAt(belief, later)).toEqual(stateAt(belief, at));
      if (until !== null) expect(until).toBeGreaterThan(at);
    }),
  );
});

test('with a daemon that keeps telling, the trigger that is on is never missed', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(2000)), { minLength: 1, maxLength: 30 }), (turns) => {
      let belief = hear(NO_BELIEF, online, 0);
      let at = 0;
      for (const [index, [on, pause]] of turns.entries()) {
        belief = hear(belief, live.trigger(trigger({ seq: index, on })), at);
        if (on) expect(stateAt(belief, at + pause).trigger).toBe('families');
        else expect(stateAt(belief, at + SETTLE_MS + pause).trigger).toBeNull();
        at += pause;
      }
    }),
  );
});
