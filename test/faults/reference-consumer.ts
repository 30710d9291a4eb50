// A consumer that does literally what "The rule for consumers" in docs/mqtt.md says, and remembers what it believed and when.
import mqtt, { type MqttClient } from 'mqtt';
import { z } from 'zod';
import { type PayloadOf, topics } from '../../src/contract/topics.ts';
import type { Clock } from '../../src/daemon/clock.ts';

/** What the rule needs of a state; other fields are none of its business. */
const stateSchema = z.object({
  session: z.string(),
  at: z.iso.datetime().transform((text) => Date.parse(text)),
  ttlMs: z.number(),
  ageMs: z.number().nullable(),
  /** Of `now`. */
  present: z.number().nullable().optional(),
  /** Of a trigger. */
  on: z.boolean().optional(),
});

type State = Readonly<{ topic: string; payload: z.infer<typeof stateSchema>; receivedAt: number }>;

/** Monotonic instants. */
export type Belief = Readonly<{
  topic: string;
  session: string;
  /** Whether it makes a difference: a number of viewers, or a trigger that is on. */
  isNews: boolean;
  from: number;
  until: number;
  /** When it should end at the latest: `ttlMs` after the newest observation behind it, by the clock of the daemon. */
  trueUntil: number;
}>;

export type Told = Readonly<{ session: string; state: PayloadOf<'availability'>['state']; at: number }>;
type Event = Readonly<{ name: 'viewer' | 'play-audience'; session: string; lateMs: number }>;

export type ConsumerOptions = Readonly<{
  username?: string;
  password?: string;
  protocolVersion: 4 | 5;
  clock: Pick<Clock, 'monotonicNow' | 'wallNow' | 'after'>;
}>;

const SUBSCRIPTIONS = ['availability', 'now', 'trigger/+', 'viewer', 'play-audience'].map(
  (name) => `onlooker/v1/+/+/${name}`,
);
const KEEPALIVE_SECONDS = 2;
const RETRY_MS = 100;

export class ReferenceConsumer {
  /** What came on `availability`, oldest first. */
  readonly told: Told[] = [];
  readonly events: Event[] = [];
  readonly #client: MqttClient;
  readonly #clock: ConsumerOptions['clock'];
  readonly #past: Belief[] = [];
  readonly #states = new Map<string, State>();
  #current = new Map<State, Belief>();
  #availability: PayloadOf<'availability'> | null = null;

  constructor(url: string, { clock, ...options }: ConsumerOptions) {
    this.#clock = clock;
    const client = mqtt.connect(url, {
      ...options,
      reconnectPeriod: RETRY_MS,
      reconnectOnConnackError: true,
      keepalive: KEEPALIVE_SECONDS,
    });
    // It tries again in any case.
    client.on('error', () => undefined);
    client.on('connect', () => client.subscribe(SUBSCRIPTIONS, { qos: 1 }));
    client.on('message', (topic, payload, { retain }) => this.#receive(topic, JSON.parse(payload.toString()), retain));
    this.#client = client;
  }

  close(): void {
    this.#client.end(true);
  }

  /** Of how many topics there is news; the default is shown where there is none. */
  news(): number {
    const now = this.#clock.monotonicNow();
    return [...this.#current.values()].filter(({ isNews, until }) => isNews && now < until).length;
  }

  /** Everything that was believed up to now. */
  beliefs(): readonly Belief[] {
    return [...this.#past, ...[...this.#current.values()].flatMap((belief) => this.#ended(belief))];
  }

  /** How many messages came of this session, those of the broker in its name not counted. */
  heardOf(session: string): number {
    const states = this.beliefs().filter((belief) => belief.session === session);
    const events = this.events.filter((event) => event.session === session);
    const told = this.told.filter((one) => one.session === session && one.state === 'online');
    return states.length + events.length + told.length;
  }

  #receive(topic: string, raw: unknown, retained: boolean): void {
    const name = topic.split('/')[4];
    if (name === 'availability') this.#hearAvailability(topics.availability.schema.parse(raw));
    else if (name === 'viewer' || name === 'play-audience') this.#hearEvent(name, topics[name].schema.parse(raw));
    // A state that comes with the retain flag counts for nothing.
    else if (!retained) this.#hearState(topic, stateSchema.parse(raw));
  }

  #hearAvailability(availability: PayloadOf<'availability'>): void {
    const { session, state } = availability;
    this.told.push({ session, state, at: this.#clock.monotonicNow() });
    this.#change(() => {
      this.#availability = availability;
    });
  }

  #hearState(topic: string, payload: State['payload']): void {
    const state = { topic, payload, receivedAt: this.#clock.monotonicNow() };
    this.#change(() => this.#states.set(topic, state));
  }

  #hearEvent(name: Event['name'], { time, data: { session } }: PayloadOf<Event['name']>): void {
    this.events.push({ name, session, lateMs: this.#clock.wallNow() - Date.parse(time) });
  }

  #change(change: () => void): void {
    change();
    const counting = [...this.#states.values()].filter((state) => this.#counts(state));
    const after = new Map(counting.map((state) => [state, this.#current.get(state) ?? this.#beliefIn(state)]));
    for (const [state, belief] of this.#current) if (!after.has(state)) this.#past.push(...this.#ended(belief));
    this.#current = after;
  }

  /** Only while `availability` says `online` for the same session. */
  #counts({ payload }: State): boolean {
    return this.#availability?.state === 'online' && this.#availability.session === payload.session;
  }

  /** A state is valid until its receipt + `ttlMs` − `ageMs`; where `ageMs` is null, nothing is known. */
  #beliefIn({ topic, payload: { session, at, ttlMs, ageMs, present, on }, receivedAt }: State): Belief {
    const { monotonicNow, wallNow } = this.#clock;
    const from = monotonicNow();
    return {
      topic,
      session,
      isNews: on ?? present !== null,
      from,
      until: ageMs === null ? from : receivedAt + ttlMs - ageMs,
      trueUntil: at - (ageMs ?? 0) + ttlMs - wallNow() + from,
    };
  }

  /** By its own end or by the change that happens now, be it at once; nothing where it was over before it began. */
  #ended(belief: Belief): readonly Belief[] {
    const until = Math.min(belief.until, this.#clock.monotonicNow());
    return belief.until > belief.from ? [{ ...belief, until }] : [];
  }
}
