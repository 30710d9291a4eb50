// The client for ad players, in browsers and in Node: says which trigger is on, and never longer than it may be believed.
import { playSchema } from '../contract/requests.ts';
import { type PayloadOf, topicOf } from '../contract/topics.ts';
import { type Belief, changesAt, hear, linked, NO_BELIEF, type PlayerState, stateAt } from './belief.ts';
import { Connection, type PlayerClock } from './connection.ts';
import { readMessage, subscriptionsOf } from './read-message.ts';

export type { PlayerState } from './belief.ts';
export type { PlayerClock } from './connection.ts';

export type SubscribeOptions = Readonly<{
  /** Address of the broker: `ws:` or `wss:` in a browser, also `mqtt:` or `mqtts:` in Node. */
  url: string;
  username?: string;
  password?: string;
  /** As configured at the daemon. */
  site: string;
  screen: string;
  /** Called with every new state. */
  onChange(state: PlayerState): void;
  /** Called when something went wrong, once in a row for the same; the client goes on by itself. */
  onError?(error: Error): void;
  /** For tests; else that of the system. */
  clock?: PlayerClock;
}>;

export type Play = Readonly<{ playId: string; content: string }>;

export type Subscription = Readonly<{
  /** As of this moment. */
  readonly state: PlayerState;
  /** Tells that a play begins; whether it could be told. What cannot be told at once is not told at all. */
  playStarted(play: Play): boolean;
  /** Tells that it has ended; false also for a play whose beginning was not told. */
  playEnded(playId: string): boolean;
  close(): Promise<void>;
}>;

/** Setting a timer for longer than 2^31 ms makes it fire at once. */
const LONGEST_WAIT_MS = 60_000;
const ADDRESS = /^(wss?|mqtts?):\/\//;
const TOPIC_LEVEL = /^[^/+#]+$/;

/** Throws when the options cannot be meant; everything that can pass is told to `onError`. */
export function subscribe(options: SubscribeOptions): Subscription {
  const { url, username = null, password = null, site, screen, onChange, clock = systemClock } = options;
  for (const [name, level] of Object.entries({ site, screen })) {
    if (!TOPIC_LEVEL.test(level)) throw new Error(`${name} must be as configured at the daemon (got "${level}").`);
  }
  if (!ADDRESS.test(url)) throw new Error('url must begin with ws:, wss:, mqtt: or mqtts:, as in ws://127.0.0.1:9001.');
  const running = new Map<string, string>();
  let belief: Belief = NO_BELIEF;
  let told = stateAt(belief, clock.monotonicNow());
  let problem: string | null = null;
  let cancelWake = (): void => undefined;

  const update = (next: Belief): void => {
    belief = next;
    cancelWake();
    const at = clock.monotonicNow();
    const changes = changesAt(belief, at);
    if (changes !== null) cancelWake = clock.after(Math.min(changes - at, LONGEST_WAIT_MS), () => update(belief));
    const state = stateAt(belief, at);
    if (isSame(state, told)) return;
    told = state;
    onChange(state);
  };
  const fail = (error: Error): void => {
    if (error.message === problem) return;
    problem = error.message;
    options.onError?.(error);
  };
  const tell = (play: PayloadOf<'play'>): boolean =>
    connection.send(topicOf({ site, screen }, 'play'), JSON.stringify(play));

  const connection = new Connection(
    { url, username, password, subscriptions: subscriptionsOf({ site, screen }) },
    clock,
    {
      connected: () => {
        problem = null;
        update(linked(belief, true));
      },
      lost: () => update(linked(belief, false)),
      failed: fail,
      received: (topic, bytes, retained) => {
        try {
          update(hear(belief, readMessage({ site, screen }, topic, bytes, retained), clock.monotonicNow()));
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      },
    },
  );
  connection.start();

  return {
    get state() {
      return stateAt(belief, clock.monotonicNow());
    },
    playStarted: ({ playId, content }) => {
      const isTold = tell(playSchema.parse({ playId, content, state: 'started' }));
      if (isTold) running.set(playId, content);
      return isTold;
    },
    playEnded: (playId) => {
      const content = running.get(playId);
      running.delete(playId);
      return content !== undefined && tell({ playId, content, state: 'ended' });
    },
    close: () => {
      cancelWake();
      return connection.stop();
    },
  };
}

function isSame(a: PlayerState, b: PlayerState): boolean {
  return a.trigger === b.trigger && a.audience === b.audience && a.known === b.known && a.why === b.why;
}

const systemClock: PlayerClock = {
  monotonicNow: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
