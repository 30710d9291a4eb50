// Keeps one connection to the broker for a player: tries for ever, with growing pauses, and never sends anything late.
import mqtt, { type MqttClient } from 'mqtt';

export type PlayerClock = Readonly<{
  /** Milliseconds that never step. */
  monotonicNow(): number;
  /** Runs the task once; returns how to prevent it. */
  after(delayMs: number, task: () => void): () => void;
}>;

export type ConnectionOptions = Readonly<{
  url: string;
  username: string | null;
  password: string | null;
  subscriptions: readonly string[];
}>;

export type ConnectionEvents = Readonly<{
  connected(): void;
  lost(): void;
  received(topic: string, bytes: Uint8Array, retained: boolean): void;
  failed(error: Error): void;
}>;

/** A guess: through a network that works at all, a broker answers in less than that; until then nothing else is tried. */
const CONNECT_TIMEOUT_MS = 10_000;
/** A dead network is noticed after one and a half of these (MQTT 3.1.1, 3.1.2.10); states end sooner by their own time. */
const KEEPALIVE_SECONDS = 10;
/** A guess: a daemon that is started anew has its broker up within a second or two, and no player shall wait for long. */
const FIRST_PAUSE_MS = 500;
/** A guess: so soon after a long night a player is back, and a hundred of them disturb a broker ten times a second at most. */
const LONGEST_PAUSE_MS = 15_000;
/** A connection that lasted so long was a good one; the daemon grants its camera the same (src/daemon/eye/attempts.ts). */
const GOOD_AFTER_MS = 10_000;
/** A guess: whoever leaves waits no longer for the broker to take over what was just told. */
const FAREWELL_MS = 1000;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #clock: PlayerClock;
  #client: MqttClient | null = null;
  /** Null without a connection. */
  #connectedAt: number | null = null;
  /** What the broker has not taken over yet. */
  readonly #onTheWay = new Set<Promise<void>>();
  #isStopped = false;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: ConnectionOptions, clock: PlayerClock, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#clock = clock;
  }

  start(): void {
    if (this.#isStopped) return;
    const { url, username, password } = this.#options;
    // A client of its own for every attempt: what an old connection did not deliver is not sent late on a new one.
    const client = mqtt.connect(url, {
      clean: true,
      ...(username !== null && { username }),
      ...(password !== null && { password }),
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepalive: KEEPALIVE_SECONDS,
      reschedulePings: false,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      // The other kind starts a worker from a blob, which a page with a strict policy forbids.
      timerVariant: 'native',
    });
    this.#client = client;
    client.on('connect', () => this.#subscribe(client));
    client.on('message', (topic, bytes, { retain }) => {
      if (client === this.#client) this.#events.received(topic, bytes, retain);
    });
    client.on('error', (error) => {
      if (!this.#isStopped) this.#events.failed(worded(error, url));
    });
    client.once('close', () => this.#closed());
  }

  /** Whether it is on its way: what cannot be sent now never is. */
  send(topic: string, payload: string): boolean {
    if (this.#client === null || this.#connectedAt === null || !this.#client.connected) return false;
    const sent: Promise<void> = this.#client
      .publishAsync(topic, payload, { qos: 1 })
      .catch((error: Error) => {
        if (this.#connectedAt !== null) this.#events.failed(error);
      })
      .then(() => {
        this.#onTheWay.delete(sent);
      });
    this.#onTheWay.add(sent);
    return true;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry();
    const client = this.#client;
    this.#client = null;
    this.#connectedAt = null;
    if (client === null) return;
    if (this.#onTheWay.size > 0) await this.#farewell(client);
    await client.endAsync(true);
  }

  async #farewell(client: MqttClient): Promise<void> {
    let cancel = (): void => undefined;
    await new Promise<void>((resolve) => {
      cancel = this.#clock.after(FAREWELL_MS, resolve);
      client.once('close', resolve);
      void Promise.all(this.#onTheWay).then(() => resolve());
    });
    cancel();
  }

  #subscribe(client: MqttClient): void {
    client.subscribe([...this.#options.subscriptions], { qos: 1 }, (error) => {
      if (!client.connected || this.#isStopped) return;
      if (error) this.#events.failed(error);
      this.#connectedAt = this.#clock.monotonicNow();
      this.#events.connected();
    });
  }

  #closed(): void {
    const connectedAt = this.#connectedAt;
    this.#connectedAt = null;
    if (this.#isStopped) return;
    this.#client = null;
    this.#onTheWay.clear();
    if (connectedAt !== null) this.#events.lost();
    // Whoever was told may have had enough.
    if (this.#isStopped) return;
    // Not at the connect: a broker that accepts and cuts at once would be asked several times a second for ever.
    if (connectedAt !== null && this.#clock.monotonicNow() - connectedAt > GOOD_AFTER_MS) this.#failures = 0;
    // Half of it by chance, so that a fleet of players does not return in step.
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    this.#cancelRetry = this.#clock.after(longest * (0.5 + Math.random() / 2), () => this.start());
  }
}

/** What Node says of a broker that is away has no words of its own, and browsers say next to nothing. */
function worded(error: Error, url: string): Error {
  // The query of an address may hold a token.
  const { protocol, host } = new URL(url);
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const text = first instanceof Error && first.message !== '' ? first.message : 'no answer';
  return new Error(`No connection to the broker at ${protocol}//${host}: ${text}.`, { cause: error });
}
