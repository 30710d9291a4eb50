// Keeps one connection to the broker: opens it, notices when it is gone, and tries again after growing pauses.
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { AckWatch } from './ack-watch.ts';
import { backoffMs } from './backoff.ts';
import type { BrokerAddress } from './broker-address.ts';
import { describeFailure, type Failure } from './failure.ts';
import { withinMs } from './patience.ts';
import type { Clock, Logger, Random } from './ports.ts';
import { NO_MAXIMUM, SendQuota } from './send-quota.ts';
import { inTurns } from './turns.ts';

export type OutgoingMessage = Readonly<{
  topic: string;
  payload: string;
  /** Told over MQTT 5 only. */
  contentType: string;
  qos: 0 | 1;
  retain: boolean;
  /** How long the broker may keep it; heeded over MQTT 5 only. Null for ever. */
  expiryMs: number | null;
}>;

export type IncomingMessage = Readonly<{ topic: string; payload: Uint8Array; retained: boolean }>;

export type ConnectionOptions = Readonly<{
  address: BrokerAddress;
  protocolVersion: 4 | 5;
  clientId: string;
  subscriptions: readonly string[];
  /** A network that hands nothing over for so long is taken for dead, by us and by the broker: what it holds is worth nothing any more. */
  ttlMs: number;
  /** What the broker publishes when the connection is lost; asked anew for each connection. */
  will: () => OutgoingMessage;
}>;

export type ConnectionEvents = Readonly<{
  /** The subscriptions are in force and messages can be sent. */
  connected(): void;
  lost(): void;
  received(message: IncomingMessage): void;
}>;

export type ConnectionStatus = Readonly<{ state: 'connected' | 'connecting' | 'refused'; failure: string | null }>;

export type ConnectionPorts = Readonly<{ clock: Clock; random: Random; logger: Logger }>;

/** A guess: far more than a broker at the other end of a slow mobile network takes, and within the pauses between attempts. */
const CONNECT_TIMEOUT_MS = 10_000;
/** A hundred times what any of our payloads needs; larger ones the broker keeps to itself (MQTT 5, section 3.1.2.11.4). */
const MAX_RECEIVED_BYTES = 131_072;
/** A dead network is noticed after so many intervals between pings, by the broker [MQTT-3.1.2-22] and by us. */
const INTERVALS_TO_NOTICE = 1.5;
/** How long a farewell may take. A guess: many times what a broker needs for it, and not long for whoever stops the daemon. */
const END_TIMEOUT_MS = 500;
/** After a connection that lasted so long the next failure is the first again; the same as for a camera (daemon/eye/attempts.ts). */
const RECOVERED_AFTER_MS = 10_000;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #ports: ConnectionPorts;
  readonly #events: ConnectionEvents;
  #client: MqttClient | null = null;
  #unanswered: AckWatch | null = null;
  #receiveMaximum = NO_MAXIMUM;
  #quota = new SendQuota(NO_MAXIMUM);
  #connected = false;
  #stopped = false;
  #attempt = 0;
  #failure: Failure | null = null;
  #failureLogged: string | null = null;
  #awayUntil = Number.NEGATIVE_INFINITY;
  /** Monotonic; null while there is no connection. */
  #connectedAt: number | null = null;
  #cancelRetry: () => void = () => undefined;

  constructor(options: ConnectionOptions, ports: ConnectionPorts, events: ConnectionEvents) {
    this.#options = options;
    this.#ports = ports;
    this.#events = events;
  }

  start(): void {
    // A client of its own for every attempt: nothing of an old connection can be sent late on a new one.
    const client = mqtt.connect(this.#options.address.url, this.#clientOptions());
    this.#client = client;
    const inTurn = inTurns();
    client.handleMessage = (_packet, done) => inTurn(done);
    client.onKeepaliveTimeout = () => this.#reset(client, 'no answer');
    let failure: Failure | null = null;
    client.on('connect', ({ properties }) => {
      this.#receiveMaximum = properties?.receiveMaximum ?? NO_MAXIMUM;
      this.#quota = new SendQuota(this.#receiveMaximum);
      this.#unanswered = new AckWatch(this.#ports.clock, () => this.#reset(client, 'no acknowledgment'));
      this.#unanswered.add(new Promise((answered) => this.#subscribe(client, answered)));
    });
    client.on('message', (topic, payload, packet) => {
      this.#events.received({ topic, payload, retained: packet.retain });
    });
    client.on('error', (error) => {
      failure ??= describeFailure(error);
    });
    client.on('disconnect', ({ reasonCode }) => {
      failure ??= { kind: 'away', text: `the broker ended the connection (reason ${reasonCode})` };
    });
    client.once('close', () => this.#closed(failure));
  }

  /** Resolves when the broker has taken the message over (QoS 1) or it is written (QoS 0); null when not connected. */
  send({ topic, payload, contentType, qos, retain, expiryMs }: OutgoingMessage): Promise<void> | null {
    const client = this.#client;
    if (client === null || !this.#connected || !client.connected) return null;
    const properties = this.#properties(contentType, expiryMs);
    const publish = async () => {
      await client.publishAsync(topic, payload, { qos, retain, ...(properties && { properties }) });
    };
    if (qos === 0) return publish();
    const sent = this.#quota.send(publish);
    this.#unanswered?.add(sent);
    return sent;
  }

  /** How many messages of QoS 1 the broker takes at once. */
  get receiveMaximum(): number {
    return this.#receiveMaximum;
  }

  get status(): ConnectionStatus {
    if (this.#connected) return { state: 'connected', failure: null };
    const refused = this.#failure?.kind === 'refused';
    return { state: refused ? 'refused' : 'connecting', failure: this.#failure?.text ?? null };
  }

  /** Breaks off without a farewell and stays away for so long, as when a network fails. */
  interrupt(forMs: number): void {
    this.#awayUntil = this.#ports.clock.monotonicNow() + forMs;
    this.#client?.stream.destroy();
  }

  /** Takes leave of the broker, so that the will is not published. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    const client = this.#client;
    if (client === null) return;
    const hasEnded = client.connected ? client.endAsync() : Promise.resolve();
    await withinMs(this.#ports.clock, END_TIMEOUT_MS, hasEnded);
    client.stream.destroy();
  }

  #clientOptions(): IClientOptions {
    const { address, protocolVersion, clientId, ttlMs, will } = this.#options;
    const { topic, payload, contentType, qos, retain } = will();
    const properties = this.#properties(contentType, null);
    return {
      protocolVersion,
      ...(protocolVersion === 5 && { properties: { maximumPacketSize: MAX_RECEIVED_BYTES } }),
      clientId,
      clean: true,
      ...(address.username !== null && { username: address.username }),
      ...(address.password !== null && { password: address.password }),
      will: { topic, payload: Buffer.from(payload), qos, retain, ...(properties && { properties }) },
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepalive: Math.max(1, Math.floor(ttlMs / 1000 / INTERVALS_TO_NOTICE)),
      // Else each message sent postpones the ping, and a dead network goes unnoticed while there is something to say.
      reschedulePings: false,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
    };
  }

  #subscribe(client: MqttClient, answered: () => void): void {
    client.subscribe([...this.#options.subscriptions], { qos: 1 }, (error) => {
      answered();
      if (!client.connected) return;
      const broker = this.#options.address.shown;
      if (error) this.#ports.logger.warn({ broker, reason: error.message }, 'the broker refused to let us listen');
      this.#connected = true;
      this.#connectedAt = this.#ports.clock.monotonicNow();
      this.#failure = null;
      this.#ports.logger.info({ broker }, 'connected to the broker');
      this.#events.connected();
    });
  }

  /** Gives up a connection that looks alive and is not. */
  #reset({ stream }: MqttClient, reason: string): void {
    const broker = this.#options.address.shown;
    this.#ports.logger.warn({ broker, reason }, 'connecting to the broker anew');
    // After a mere end the system goes on to deliver what it holds, however old it becomes; a reset discards that (RFC 9293, 3.10.5).
    if (stream instanceof Socket && !(stream instanceof TLSSocket)) stream.resetAndDestroy();
    else stream.destroy();
  }

  #closed(failure: Failure | null): void {
    const wasConnected = this.#connected;
    this.#forgetFailures();
    this.#quota.close();
    this.#unanswered?.close();
    this.#unanswered = null;
    this.#connected = false;
    this.#client = null;
    if (wasConnected) this.#events.lost();
    if (this.#stopped) return;
    this.#failure = failure ?? { kind: 'away', text: wasConnected ? 'the connection was lost' : 'no answer' };
    this.#logFailure(this.#failure.text);
    const pause = Math.max(
      backoffMs(this.#attempt, this.#ports.random()),
      this.#awayUntil - this.#ports.clock.monotonicNow(),
    );
    this.#attempt += 1;
    this.#cancelRetry = this.#ports.clock.after(pause, () => this.start());
  }

  /** A broker that accepts and cuts is away, too. */
  #forgetFailures(): void {
    const lastedMs = this.#connectedAt === null ? 0 : this.#ports.clock.monotonicNow() - this.#connectedAt;
    this.#connectedAt = null;
    if (lastedMs <= RECOVERED_AFTER_MS) return;
    this.#attempt = 0;
    this.#failureLogged = null;
  }

  #logFailure(reason: string): void {
    if (reason === this.#failureLogged) return;
    this.#failureLogged = reason;
    this.#ports.logger.warn({ broker: this.#options.address.shown, reason }, 'no connection to the broker');
  }

  #properties(contentType: string, expiryMs: number | null): IPublishPacket['properties'] | null {
    if (this.#options.protocolVersion !== 5) return null;
    return { contentType, ...(expiryMs !== null && { messageExpiryInterval: Math.ceil(expiryMs / 1000) }) };
  }
}
