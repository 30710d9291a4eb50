// Publishes what the daemon sees: live messages while a broker listens, states again on each connect, rollups by the outbox.
import type { Rollup } from '../audience/rollup.ts';
import { suppressRollup } from '../audience/suppression.ts';
import { availabilityPayload } from '../contract/availability.ts';
import { rollupEvent } from '../contract/events.ts';
import { plainTexts } from '../contract/plain.ts';
import { type LiveTopic, type PayloadOf, type Screen, topicOf } from '../contract/topics.ts';
import { AlertEndings } from './alert-endings.ts';
import { brokerAddress } from './broker-address.ts';
import { Connection, type IncomingMessage, type OutgoingMessage } from './connection.ts';
import { isRefusal } from './failure.ts';
import { Floor } from './floor.ts';
import { readIncoming } from './incoming.ts';
import { KeptStates } from './kept-states.ts';
import { messageOf, plainMessage } from './message.ts';
import { OutboxDrain } from './outbox-drain.ts';
import { withinMs } from './patience.ts';
import { PlainTexts } from './plain-texts.ts';
import type { Clock, IsStorageError, Logger, OutboxPort, PlayPort, Random, RollupsPort } from './ports.ts';
import { Reassurance } from './reassurance.ts';
import type { Refusals } from './refusals.ts';
import { Requests } from './requests.ts';
import { windowsOf } from './send-quota.ts';

export type PublisherOptions = Readonly<{
  url: string;
  username: string | null;
  password: string | null;
  protocolVersion: 4 | 5;
  screen: Screen;
  session: string;
  /** How long a state is valid. */
  ttlMs: number;
  /** How long to listen for another daemon of this screen before speaking; 0 where there can be none. */
  listenMs: number;
  /** Whether all that is published was seen before, in a recording. */
  isReplay: boolean;
  /** Rollups tell an age group and gender of fewer viewers as unknown. */
  k: number;
}>;

export type PublisherPorts = Readonly<{
  clock: Clock;
  random: Random;
  logger: Logger;
  outbox: OutboxPort;
  rollups: RollupsPort;
  isStorageError: IsStorageError;
  play: PlayPort;
  refusals: Refusals;
}>;

export type PublisherStatus = Readonly<{
  /** `listening`: connected, and whether another daemon speaks for this screen is not known yet; `quiet`: one does. */
  state: 'connected' | 'listening' | 'quiet' | 'connecting' | 'refused';
  lastError: string | null;
  liveMessagesDropped: number;
  messagesRefused: number;
}>;

/** A guess: a broker that lives takes the farewell at once, and systemd waits for the end. */
const STOP_TIMEOUT_MS = 1000;

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #ports: PublisherPorts;
  readonly #connection: Connection;
  readonly #floor: Floor;
  readonly #drain: OutboxDrain;
  readonly #requests: Requests;
  readonly #kept = new KeptStates();
  readonly #plain: PlainTexts;
  readonly #reassurance: Reassurance;
  readonly #alerts: AlertEndings;
  #isStopping = false;
  #problem: string | null = null;
  #liveMessagesDropped = 0;

  /** Throws an MqttError when the address is none. */
  constructor(options: PublisherOptions, ports: PublisherPorts) {
    const { screen, session, protocolVersion, ttlMs, listenMs } = options;
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
          topicOf(screen, 'replay'),
          topicOf(screen, 'play'),
          ...(listenMs > 0 ? [topicOf(screen, 'now')] : []),
        ],
        ttlMs,
        will: () => this.#availability('offline'),
      },
      ports,
      {
        connected: () => this.#floor.connected(),
        lost: () => {
          this.#floor.lost();
          this.#fallSilent();
        },
        received: (message) => this.#hear(message),
      },
    );
    this.#floor = new Floor(options, { ...ports, taken: () => this.#speak(), given: () => this.#fallSilent() });
    const send = (message: OutgoingMessage) => this.#connection.send(message);
    // Whatever is told of a period goes out here.
    const sendRollup = (rollup: Rollup, historical: boolean) =>
      send(messageOf(screen, 'rollup', rollupEvent(suppressRollup(rollup, options.k), screen, historical)));
    this.#drain = new OutboxDrain({
      ...ports,
      alwaysHistorical: options.isReplay,
      window: () => this.#windows.rollups,
      send: sendRollup,
    });
    this.#requests = new Requests(options, { ...ports, send, sendRollup, window: () => this.#windows.replayed });
    this.#reassurance = new Reassurance(() => send(this.#availability('online')));
    const publish = (alert: PayloadOf<'alert'>) => this.publish('alert', alert);
    this.#alerts = new AlertEndings(session, { clock: ports.clock, kept: this.#kept, publish });
    this.#plain = new PlainTexts((text) => {
      if (this.#floor.isOurs) this.#send(plainMessage(screen, text));
    });
  }

  start(): void {
    this.#connection.start();
  }

  /** Sends it now or never; of a retained topic the newest is told again on the next connect. */
  publish<Name extends LiveTopic>(name: Name, payload: PayloadOf<Name>): void {
    const message = messageOf(this.#options.screen, name, payload);
    if (message.retain) this.#kept.keep(message.topic, { name, payload }, this.#ports.clock.monotonicNow());
    const isSent = this.#floor.isOurs && this.#send(message);
    if (!isSent && !message.retain) this.#liveMessagesDropped += 1;
    this.#plain.update(plainTexts(payload));
  }

  /** There may be new rollups in the outbox. */
  drain(): void {
    this.#drain.kick();
  }

  status(): PublisherStatus {
    const { state, failure } = this.#connection.status;
    const { isOurs, rival } = this.#floor;
    const counts = {
      liveMessagesDropped: this.#liveMessagesDropped,
      messagesRefused: this.#ports.refusals.count,
    };
    if (state !== 'connected') return { state, lastError: failure, ...counts };
    if (isOurs) return { state, lastError: this.#drain.problem ?? this.#problem, ...counts };
    if (rival === null) return { state: 'listening', lastError: null, ...counts };
    return { state: 'quiet', lastError: `another daemon speaks for this screen (session ${rival})`, ...counts };
  }

  /** Loses the broker for so long, for a simulation. */
  interrupt(forMs: number): void {
    this.#connection.interrupt(forMs);
  }

  /** Says that it stops, waits a moment for the broker to take that and what was sent before, and takes leave. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#requests.close();
    this.#alerts.endOurs();
    this.#plain.end();
    const farewell = this.#floor.isOurs ? this.#connection.send(this.#availability('stopped')) : null;
    if (farewell !== null) {
      await withinMs(
        this.#ports.clock,
        STOP_TIMEOUT_MS,
        farewell.catch((error: unknown) => this.#complain(error)),
      );
    }
    this.#floor.leave();
    // Whoever stops us closes the database next.
    this.#drain.close();
    await this.#connection.stop();
  }

  get #windows(): ReturnType<typeof windowsOf> {
    return windowsOf(this.#connection.receiveMaximum);
  }

  #speak(): void {
    this.#send(this.#availability('online'));
    for (const { name, payload } of this.#kept.asOf(this.#ports.clock.monotonicNow())) {
      this.#send(messageOf(this.#options.screen, name, payload));
    }
    this.#plain.tellAll();
    this.#drain.open();
  }

  #fallSilent(): void {
    this.#drain.close();
    this.#requests.close();
    this.#reassurance.close();
  }

  #hear(message: IncomingMessage): void {
    if (this.#isStopping) return;
    const heard = readIncoming(this.#options.screen, message);
    if (heard === null) return;
    if (heard.name === 'now') this.#floor.heard(heard.payload.session);
    else if (heard.name === 'alert') this.#alerts.heard(message.topic, heard.payload);
    // Whoever has the floor answers.
    else if (!this.#floor.isOurs) return;
    else if (heard.name === 'availability') this.#hearAvailability(heard.payload);
    else if (heard.name === 'replay') this.#requests.replay(heard.payload);
    else if (heard.name === 'play') this.#requests.play(heard.payload);
    else this.#requests.misunderstood(heard);
  }

  /** The will of an earlier connection or session came late, or another one came to speak, too; we are here. */
  #hearAvailability({ state, session }: PayloadOf<'availability'>): void {
    if (state === 'online') {
      if (session === this.#options.session) return;
      this.#floor.heard(session);
      if (!this.#floor.isOurs) return;
    }
    this.#reassurance.doubted();
  }

  #availability(state: 'online' | 'stopped' | 'offline'): OutgoingMessage {
    const { screen, session } = this.#options;
    return messageOf(screen, 'availability', availabilityPayload(state, session, this.#ports.clock.wallNow()));
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
