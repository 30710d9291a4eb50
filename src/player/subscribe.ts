// The client for ad players, in browsers and in Node: says which trigger is on, and never longer than it may be believed.
import { requestProblems } from '../contract/problems.ts';
import { playSchema } from '../contract/requests.ts';
import { type PayloadOf, topicOf } from '../contract/topics.ts';
import { type Belief, changesAt, type Heard, hear, linked, NO_BELIEF, type PlayerState, stateAt } from './belief.ts';
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
  /** Called when something went wrong, `onChange` included, once in a row for the same; the client goes on by itself. */
  onError?(error: Error): void;
  /** For tests; else that of the system. */
  clock?: PlayerClock;
}>;

export type Play = Readonly<{ playId: string; content: string }>;

export type Subscription = Readonly<{
  /** As of this moment. */
  readonly state: PlayerState;
  /** Tells that a play begins; false where no daemon is there to hear it. What cannot be told at once never is. */
  playStarted(play: Play): boolean;
  /** Tells that it has ended; false also for a play of whose beginning this daemon was not told. */
  playEnded(playId: string): boolean;
  close(): Promise<void>;
}>;

type Running = Readonly<{ content: string; session: string }>;

/** Setting a timer for longer than 2^31 ms makes it fire at once. */
const LONGEST_WAIT_MS = 60_000;
const ADDRESS = /^(wss?|mqtts?):\/\//;
const TOPIC_LEVEL = /^[^/+#]+$/;
/** As many as the daemon follows at once (src/audience/plays.ts): what it has given up need not be told to end. */
const MAX_RUNNING = 16;

/** Throws when the options cannot be meant; everything that can pass is told to `onError`. */
export function subscribe(options: SubscribeOptions): Subscription {
  const { url, username = null, password = null, site, screen, onChange, clock = systemClock } = options;
  for (const [name, level] of Object.entries({ site, screen })) {
    if (!TOPIC_LEVEL.test(level)) throw new Error(`${name} must be as configured at the daemon (got "${level}").`);
  }
  checkAddress(url);
  const running = new Map<string, Running>();
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
    tellState(state);
  };
  // Whether it was a message that changed the state or the clock: the client goes on, and whoever listens is told.
  const tellState = (state: PlayerState): void => {
    try {
      onChange(state);
    } catch (cause) {
      const error = new Error(`onChange threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      // A bug that nobody asked to be told of stops the program, as any other does.
      if (options.onError === undefined) void Promise.reject(error);
      else fail(error);
    }
  };
  const fail = (error: Error): void => {
    if (error.message === problem) return;
    problem = error.message;
    options.onError?.(error);
  };
  const tell = (play: PayloadOf<'play'>): boolean =>
    connection.send(topicOf({ site, screen }, 'play'), JSON.stringify(play));
  /** The session of the daemon that is there to hear it. */
  const session = (): string | null => (belief.availability?.state === 'online' ? belief.availability.session : null);

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
        let heard: Heard;
        try {
          heard = readMessage({ site, screen }, topic, bytes, retained);
        } catch (error) {
          return fail(error instanceof Error ? error : new Error(String(error)));
        }
        update(hear(belief, heard, clock.monotonicNow()));
      },
    },
  );
  connection.start();

  return {
    get state() {
      return stateAt(belief, clock.monotonicNow());
    },
    playStarted: ({ playId, content }) => {
      const play = playOf({ playId, content, state: 'started' });
      const to = session();
      if (to === null || !tell(play)) return false;
      running.set(playId, { content, session: to });
      const [oldest] = running.keys();
      if (running.size > MAX_RUNNING && oldest !== undefined) running.delete(oldest);
      return true;
    },
    playEnded: (playId) => {
      const play = running.get(playId);
      running.delete(playId);
      if (play === undefined || play.session !== session()) return false;
      return tell({ playId, content: play.content, state: 'ended' });
    },
    close: () => {
      cancelWake();
      return connection.stop();
    },
  };
}

function checkAddress(url: string): void {
  if (!ADDRESS.test(url) || !URL.canParse(url)) {
    throw new Error('url must begin with ws:, wss:, mqtt: or mqtts:, as in ws://127.0.0.1:9001.');
  }
  const { username, password } = new URL(url);
  // Errors name the address, and logs are read by many.
  if (username !== '' || password !== '') {
    throw new Error('url must not hold credentials: use the options username and password.');
  }
}

function playOf(told: PayloadOf<'play'>): PayloadOf<'play'> {
  const { data, error } = playSchema.safeParse(told);
  if (data === undefined) throw new Error(`Cannot tell of a play: ${requestProblems(error, told)}.`);
  return data;
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
