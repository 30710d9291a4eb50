// What a player may believe: messages and time go in, what the rule for consumers in docs/mqtt.md allows comes out.
import type { PayloadOf } from '../contract/topics.ts';

export type PlayerState = Readonly<{
  /** The trigger that is on; null: show your default. */
  trigger: string | null;
  /** What was said of the audience, as long as it may be believed. */
  audience: PayloadOf<'now'> | null;
  /** Whether anything is known of the audience: false is not an empty room. */
  known: boolean;
  /** When the audience was last observed, by the clock of the client. */
  observedAt: number | null;
  /** Why all this is so, in words. */
  why: string;
}>;

/** What came, and whether with the retain flag. */
export type Heard = Readonly<{ retained: boolean }> &
  (
    | Readonly<{ name: 'availability'; payload: PayloadOf<'availability'> }>
    | Readonly<{ name: 'now'; payload: PayloadOf<'now'> }>
    | Readonly<{ name: 'trigger'; payload: PayloadOf<'trigger'> }>
  );

export type Belief = Readonly<{
  isConnected: boolean;
  availability: PayloadOf<'availability'> | null;
  now: Held<PayloadOf<'now'>> | null;
  /** At most one trigger is on: the newest message of the one that was heard last. */
  trigger: Held<PayloadOf<'trigger'>> | null;
  /** The one that went off just now, as it was on; for a moment, because the next one may come on in the next message. */
  leaving: Held<PayloadOf<'trigger'>> | null;
  /** What the broker has kept of a trigger that is on: nothing to believe, but a reason to wait for its live message. */
  kept: PayloadOf<'trigger'> | null;
}>;

type Expiring = PayloadOf<'now'> | PayloadOf<'trigger'>;

type Held<Payload extends Expiring> = Readonly<{
  payload: Payload;
  /** Null when nothing had been observed yet. */
  observedAt: number | null;
  until: number;
}>;

/**
 * The daemon says in one message that a trigger goes off, and in the next that another comes on; between the two, nobody
 * shall see the default. A guess: a busy network delays the second by less, and no eye sees it.
 */
export const SETTLE_MS = 40;

export const NO_BELIEF: Belief = {
  isConnected: false,
  availability: null,
  now: null,
  trigger: null,
  leaving: null,
  kept: null,
};

/** A retained availability counts only beside a live state, so that nothing is believed before a live message. */
export function hear(belief: Belief, heard: Heard, at: number): Belief {
  if (heard.name === 'availability') return { ...belief, availability: heard.payload };
  const { availability } = belief;
  const isForeign = availability?.state === 'online' && availability.session !== heard.payload.session;
  if (isForeign) return belief;
  if (heard.retained) {
    const isWorthWaiting = heard.name === 'trigger' && heard.payload.on && isTriggerNews(belief.trigger, heard.payload);
    return isWorthWaiting ? { ...belief, kept: heard.payload } : belief;
  }
  if (heard.name === 'now') {
    return isNews(belief.now, heard.payload) ? { ...belief, now: held(heard.payload, at) } : belief;
  }
  return hearTrigger(belief, heard.payload, at);
}

/** A lost connection ends no belief: what was heard may be believed until its time is over, and no longer. */
export function linked(belief: Belief, isConnected: boolean): Belief {
  return { ...belief, isConnected };
}

export function stateAt(belief: Belief, at: number): PlayerState {
  const now = valid(belief, belief.now, at);
  const trigger = valid(belief, belief.trigger, at);
  const on = trigger?.payload.on === true ? trigger.payload : (valid(belief, belief.leaving, at)?.payload ?? null);
  return {
    trigger: on?.trigger ?? null,
    audience: now?.payload ?? null,
    known: now !== null && now.payload.present !== null,
    observedAt: now?.observedAt ?? null,
    why: on?.reason ?? (now === null ? whyNothing(belief) : whyDefault(now.payload, belief.kept)),
  };
}

/** When time alone will change the state; null when it will not. */
export function changesAt(belief: Belief, at: number): number | null {
  const all = [belief.now, belief.trigger, belief.leaving];
  const ends = all.flatMap((held: Held<Expiring> | null) => valid(belief, held, at)?.until ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}

function hearTrigger(belief: Belief, payload: PayloadOf<'trigger'>, at: number): Belief {
  const { trigger: before, kept } = belief;
  if (!isTriggerNews(before, payload)) return { ...belief, kept: stillKept(kept, payload) };
  const wasOn = before?.payload.on === true && before.payload.session === payload.session;
  const left = wasOn ? { ...before, until: Math.min(before.until, at + SETTLE_MS) } : belief.leaving;
  return { ...belief, trigger: held(payload, at), leaving: payload.on ? null : left, kept: stillKept(kept, payload) };
}

/** What is heard live of the same trigger, or of another one that is on, is news of what was kept. */
function stillKept(kept: Belief['kept'], live: PayloadOf<'trigger'>): Belief['kept'] {
  return live.on || live.trigger === kept?.trigger ? null : kept;
}

/** The same number again is the same state, told again when it was older. */
function isNews<Payload extends Expiring>(before: Held<Payload> | null, payload: Payload): boolean {
  return before === null || before.payload.session !== payload.session || payload.seq > before.payload.seq;
}

function isTriggerNews(before: Held<PayloadOf<'trigger'>> | null, payload: PayloadOf<'trigger'>): boolean {
  return before?.payload.trigger === payload.trigger ? isNews(before, payload) : payload.on;
}

function held<Payload extends Expiring>(payload: Payload, at: number): Held<Payload> {
  const { ageMs, ttlMs } = payload;
  return ageMs === null
    ? { payload, observedAt: null, until: at }
    : { payload, observedAt: at - ageMs, until: at + ttlMs - ageMs };
}

function valid<Payload extends Expiring>(
  { availability }: Belief,
  held: Held<Payload> | null,
  at: number,
): Held<Payload> | null {
  const isOnline = availability?.state === 'online' && availability.session === held?.payload.session;
  return isOnline && at < held.until ? held : null;
}

function whyDefault({ session, present, health }: PayloadOf<'now'>, kept: Belief['kept']): string {
  if (kept?.session === session) return `waiting for the first live message of the trigger ${kept.trigger}`;
  if (present === null) return `the audience is unknown: the source is ${health}`;
  return present === 0 ? 'nobody is there' : 'no trigger is on';
}

function whyNothing({ isConnected, availability, now }: Belief): string {
  if (!isConnected) return 'no connection to the broker';
  if (availability === null) return 'no daemon has been heard of for this screen';
  if (availability.state !== 'online') return `the daemon is ${availability.state}`;
  if (now?.payload.session !== availability.session) return 'waiting for a live message of the daemon';
  return now.payload.ageMs === null ? 'nothing has been observed yet' : 'what was heard last is too old';
}
