// What a daemon publishes, as a player hears it; built by the contract's own functions where there are some.
import { availabilityPayload } from '../../src/contract/availability.ts';
import { examples } from '../../src/contract/examples.ts';
import { instantText } from '../../src/contract/instant.ts';
import type { PayloadOf } from '../../src/contract/topics.ts';
import { type Belief, type Heard, hear, linked, NO_BELIEF } from '../../src/player/belief.ts';

const AT = Date.UTC(2026, 2, 14, 9, 26);

export const TTL_MS = 6000;

export function availability(state: 'online' | 'stopped' | 'offline', session = 's1'): PayloadOf<'availability'> {
  return availabilityPayload(state, session, AT);
}

export function now(fields: Partial<PayloadOf<'now'>> = {}): PayloadOf<'now'> {
  return { ...examples.now, session: 's1', seq: 1, ttlMs: TTL_MS, ageMs: 0, health: 'ok', present: 2, ...fields };
}

export function trigger(fields: Partial<PayloadOf<'trigger'>> = {}): PayloadOf<'trigger'> {
  return {
    session: 's1',
    seq: 1,
    at: instantText(AT),
    ttlMs: TTL_MS,
    ageMs: 0,
    trigger: 'families',
    on: true,
    since: instantText(AT),
    reason: 'two children are there',
    ...fields,
  };
}

export const live = {
  availability: (payload: PayloadOf<'availability'>): Heard => ({ name: 'availability', payload, retained: false }),
  now: (payload: PayloadOf<'now'>): Heard => ({ name: 'now', payload, retained: false }),
  trigger: (payload: PayloadOf<'trigger'>): Heard => ({ name: 'trigger', payload, retained: false }),
};
export const retained = (heard: Heard): Heard => ({ ...heard, retained: true });
export const online = retained(live.availability(availability('online')));

/** Hears all of it at 0. */
export function heardAt0(...messages: readonly Heard[]): Belief {
  return messages.reduce((belief, heard) => hear(belief, heard, 0), linked(NO_BELIEF, true));
}
