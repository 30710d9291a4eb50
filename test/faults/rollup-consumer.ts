// A consumer of rollups with a persistent session, which keeps the id of each and so counts a second delivery once.
import mqtt, { type MqttClient } from 'mqtt';
import type { Rollup } from '../../src/audience/rollup.ts';
import { instantText } from '../../src/contract/instant.ts';
import { topics } from '../../src/contract/topics.ts';
import type { ConsumerOptions } from './reference-consumer.ts';

const KEEPALIVE_SECONDS = 4;
const RETRY_MS = 100;
const WEEK_SECONDS = 604_800;

export class RollupConsumer {
  /** How often each was delivered, by its id. */
  readonly #deliveries = new Map<string, number>();
  readonly #revisions = new Map<string, number>();
  readonly #client: MqttClient;
  #isSubscribed = false;

  constructor(url: string, options: Omit<ConsumerOptions, 'clock'>) {
    const client = mqtt.connect(url, {
      ...options,
      clientId: 'fleet',
      clean: false,
      ...(options.protocolVersion === 5 && { properties: { sessionExpiryInterval: WEEK_SECONDS } }),
      keepalive: KEEPALIVE_SECONDS,
      reconnectPeriod: RETRY_MS,
      reconnectOnConnackError: true,
    });
    // It tries again in any case.
    client.on('error', () => undefined);
    client.on('connect', () => {
      client.subscribe('onlooker/v1/+/+/rollup/+', { qos: 1 }, (error) => {
        this.#isSubscribed = !error;
      });
    });
    client.on('close', () => {
      this.#isSubscribed = false;
    });
    client.on('message', (_, payload) => {
      const { id, data } = topics.rollup.schema.parse(JSON.parse(payload.toString()));
      this.#deliveries.set(id, (this.#deliveries.get(id) ?? 0) + 1);
      const key = keyOf(data.period, data.from);
      this.#revisions.set(key, Math.max(this.#revisions.get(key) ?? 0, data.revision));
    });
    this.#client = client;
  }

  /** Whether it came, or what replaces it: of a period only the newest revision has to be sent. */
  has({ period, from, revision }: Pick<Rollup, 'period' | 'from' | 'revision'>): boolean {
    return (this.#revisions.get(keyOf(period, instantText(from))) ?? -1) >= revision;
  }

  /** Whether the broker knows that it wants them. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** How many came more than once. */
  repeated(): number {
    return [...this.#deliveries.values()].filter((times) => times > 1).length;
  }

  close(): void {
    this.#client.end(true);
  }
}

function keyOf(period: string, from: string): string {
  return `${period} ${from}`;
}
