// Publishes what the daemon sees: live messages while a broker listens, states again on each connect, rollups by the outbox.
import { availabilityPayload } from '../contract/availability.ts';
import { instantText } from '../contract/instant.ts';
import {
  type LiveTopic,
  type PayloadOf,
  type Screen,
  type TopicName,
  topicOf,
  topicOfMessage,
  topics,
} from '../contract/topics.ts';
import { brokerAddress } from './broker-address.ts';
import { Connection, type IncomingMessage, type OutgoingMessage } from './connection.ts';
import { isRefusal } from './failure.ts';
import { readAlert, readAvailability, readNow } from './incoming.ts';
import { OutboxDrain } from './outbox-drain.ts';
import { withinMs } from './patience.ts';
import type { Clock, Logger, OutboxPort, Random } from './ports.ts';
import { type Turn, takeTurn, yieldTurn } from './turn.ts';

export type PublisherOptions = Readonly<{
  url: string;
  username: string | null;
  password: string | null;
  protocolVersion: 4 | 5;
  screen: Screen;
  session: string;
  /** How long to listen for another daemon of this screen before speaking; 0 where there can be none. */
  listenMs: number;
  /** Whether all that is published was seen before, in a recording. */
  isReplay: boolean;
}>;

export type PublisherPorts = Readonly<{ clock: Clock; random: Random; logger: Logger; outbox: OutboxPort }>;

export type PublisherStatus = Readonly<{
  /** `quiet`: connected, but another daemon speaks for this screen. */
  state: 'connected' | 'connecting' | 'refused' | 'quiet';
  lastError: string | null;
  liveMessagesDropped: number;
}>;

type Kept = Readonly<{ name: LiveTopic; payload: PayloadOf<LiveTopic>; givenAt: number }>;

const STOP_TIMEOUT_MS = 1000;

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #ports: PublisherPorts;
  readonly #connection: Connection;
  readonly #drain: OutboxDrain;
  /** The newest of each retained topic, in the order in which they are told. */
  readonly #kept = new Map<string, Kept>();
  #turn: Turn | null = null;
  #isSpeaking = false;
  #isStopping = false;
  #spokeAt: number | null = null;
  #cancelTurn: () => void = () => undefined;
  #problem: string | null = null;
  #liveMessagesDropped = 0;

  /** Throws an MqttError when the address is none. */
  constructor(options: PublisherOptions, ports: PublisherPorts) {
    const { screen, session, protocolVersion, listenMs } = options;
    this.#options = options;
    this.#ports = ports;
    this.#connection = new Connection(
      {
        address: brokerAddress(options.url, options.username, options.password),
        protocolVersion,
        clientId: ['onlooker', screen.site, screen.screen, session].join('-'),
        subscriptions: [
          topicOf(screen, 'availability'),
          `${topicOf(screen, 'alert')}/+`,
          ...(listenMs > 0 ? [topicOf(screen, 'now')] : []),
        ],
        will: () => this.#availability('offline'),
      },
      ports,
      {
        connected: () => this.#listen(),
        lost: () => this.#fallSilent(),
        received: (message) => this.#hear(message),
      },
    );
    this.#drain = new OutboxDrain(screen, {
      ...ports,
      alwaysHistorical: options.isReplay,
      send: (event) => this.#connection.send(this.#message('rollup', event)),
      stuck: () => this.#connection.reset('no acknowledgment'),
    });
  }

  start(): void {
    this.#connection.start();
  }

  /** Sends it now or never; of a retained topic the newest is told again on the next connect. */
  publish<Name extends LiveTopic>(name: Name, payload: PayloadOf<Name>): void {
    const message = this.#message(name, payload);
    if (message.retain) {
      this.#kept.set(message.topic, { name, payload, givenAt: this.#ports.clock.monotonicNow() });
    }
    const isSent = this.#isSpeaking && this.#send(message);
    if (!isSent && !message.retain) this.#liveMessagesDropped += 1;
  }

  /** There may be new rollups in the outbox. */
  drain(): void {
    this.#drain.kick();
  }

  status(): PublisherStatus {
    const { state, failure } = this.#connection.status;
    const rival = this.#turn?.rival;
    const liveMessagesDropped = this.#liveMessagesDropped;
    if (state !== 'connected') return { state, lastError: failure, liveMessagesDropped };
    if (this.#isSpeaking) return { state, lastError: this.#drain.problem ?? this.#problem, liveMessagesDropped };
    if (!rival) return { state: 'connecting', lastError: null, liveMessagesDropped };
    return {
      state: 'quiet',
      lastError: `another daemon speaks for this screen (session ${rival})`,
      liveMessagesDropped,
    };
  }

  /** Says that it stops, waits a moment for the broker to take that and what was sent before, and takes leave. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endAlerts();
    const farewell = this.#isSpeaking ? this.#connection.send(this.#availability('stopped')) : null;
    if (farewell !== null) {
      await withinMs(
        this.#ports.clock,
        STOP_TIMEOUT_MS,
        farewell.catch((error: unknown) => this.#complain(error)),
      );
    }
    this.#cancelTurn();
    await this.#connection.stop();
  }

  #listen(): void {
    const { clock } = this.#ports;
    this.#wait(takeTurn(clock.monotonicNow(), this.#spokeAt, this.#options.listenMs));
  }

  #wait(turn: Turn): void {
    this.#turn = turn;
    this.#cancelTurn();
    const left = turn.speakFrom - this.#ports.clock.monotonicNow();
    if (left <= 0) this.#speak();
    else this.#cancelTurn = this.#ports.clock.after(left, () => this.#speak());
  }

  #speak(): void {
    this.#isSpeaking = true;
    this.#send(this.#availability('online'));
    const at = this.#ports.clock.monotonicNow();
    for (const { name, payload, givenAt } of this.#kept.values())
      this.#send(this.#message(name, aged(payload, at - givenAt)));
    this.#drain.open();
  }

  #fallSilent(): void {
    this.#cancelTurn();
    if (this.#isSpeaking) this.#spokeAt = this.#ports.clock.monotonicNow();
    this.#isSpeaking = false;
    this.#drain.close();
  }

  /** Retained messages say nothing about the present: they may be those of the dead, whose alerts nobody else would end. */
  #hear({ topic, payload, retained }: IncomingMessage): void {
    if (this.#isStopping) return;
    if (topic.startsWith(`${topicOf(this.#options.screen, 'alert')}/`)) this.#endOrphan(topic, readAlert(payload));
    else if (retained) return;
    else if (topic === topicOf(this.#options.screen, 'availability')) this.#hearAvailability(payload);
    else if (!this.#isSpeaking) this.#hearNow(payload);
  }

  /** The will of an earlier connection or session came late; we are here. */
  #hearAvailability(text: string): void {
    const heard = readAvailability(text);
    if (heard === null || heard.state === 'online' || !this.#isSpeaking) return;
    this.#send(this.#availability('online'));
  }

  /** An alert of another session, which may not live to see its end; it is told when we speak, and then that session is gone. */
  #endOrphan(topic: string, heard: PayloadOf<'alert'> | null): void {
    const { session } = this.#options;
    if (heard === null || !heard.on || heard.session === session || this.#kept.has(topic)) return;
    const at = instantText(this.#ports.clock.wallNow());
    this.publish('alert', { ...heard, session, at, on: false, until: at });
  }

  /** What is wrong is not known any more to those who look at a stopped daemon. */
  #endAlerts(): void {
    const at = instantText(this.#ports.clock.wallNow());
    for (const { payload } of this.#kept.values()) {
      if ('alert' in payload && payload.on) this.publish('alert', { ...payload, at, on: false, until: at });
    }
  }

  #hearNow(text: string): void {
    const heard = readNow(text);
    if (heard === null || heard.session === this.#options.session) return;
    if (this.#turn?.rival !== heard.session) {
      this.#ports.logger.warn({ rival: heard.session }, 'another daemon speaks for this screen; keeping quiet');
    }
    this.#wait(yieldTurn(this.#ports.clock.monotonicNow(), heard.session, this.#options.listenMs));
  }

  #availability(state: 'online' | 'stopped' | 'offline'): OutgoingMessage {
    const { session } = this.#options;
    return this.#message('availability', availabilityPayload(state, session, this.#ports.clock.wallNow()));
  }

  #message<Name extends TopicName>(name: Name, payload: PayloadOf<Name>): OutgoingMessage {
    const { retain, qos } = topics[name];
    const expiryMs = 'ttlMs' in payload ? payload.ttlMs : null;
    return {
      topic: topicOfMessage(this.#options.screen, name, payload),
      payload: JSON.stringify(payload),
      qos,
      retain,
      expiryMs,
    };
  }

  #send(message: OutgoingMessage): boolean {
    const sent = this.#connection.send(message);
    sent?.catch((error: unknown) => this.#complain(error));
    return sent !== null;
  }

  /** What is lost with its connection needs no words here: the connection says that it is gone. */
  #complain(error: unknown): void {
    if (!isRefusal(error)) return;
    if (error.message !== this.#problem)
      this.#ports.logger.warn({ reason: error.message }, 'the broker refused a message');
    this.#problem = error.message;
  }
}

/** A state that is told again is older than it was; without this, a consumer would believe it for too long. */
function aged(payload: PayloadOf<LiveTopic>, heldMs: number): PayloadOf<LiveTopic> {
  if (!('ageMs' in payload) || payload.ageMs === null) return payload;
  return { ...payload, ageMs: payload.ageMs + Math.round(heldMs) };
}
