// A consumer as the contract wants it: with a persistent session, and idempotent by id, the highest revision of a period winning.
import mqtt, { type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { RollupEvent } from '../../../src/contract/event-schemas.ts';
import { topics } from '../../../src/contract/topics.ts';

export class Consumer {
  readonly #url: string;
  readonly #events = new Map<string, string>();
  readonly #newest = new Map<string, RollupEvent['data']>();
  #client: MqttClient | null = null;
  /** Deliveries, copies included. */
  deliveries = 0;
  /** Ids that came with two contents. */
  readonly contradictions: string[] = [];

  constructor(url: string) {
    this.#url = url;
    onTestFinished(() => this.leave());
  }

  /** What was published meanwhile comes now: the broker kept it. */
  async come(): Promise<void> {
    if (this.#client !== null) return;
    const client = mqtt.connect(this.#url, { clientId: 'consumer', clean: false, reconnectPeriod: 0 });
    this.#client = client;
    client.on('message', (_, payload) => this.#take(payload.toString()));
    await client.subscribeAsync('onlooker/v1/+/+/rollup/+', { qos: 1 });
  }

  async leave(): Promise<void> {
    await this.#client?.endAsync();
    this.#client = null;
  }

  /** The newest revision of each period. */
  rollups(): readonly RollupEvent['data'][] {
    return [...this.#newest.values()].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
  }

  #take(text: string): void {
    this.deliveries += 1;
    const { id, data } = topics.rollup.schema.parse(JSON.parse(text));
    const known = this.#events.get(id);
    if (known !== undefined && known !== text) this.contradictions.push(id);
    this.#events.set(id, text);
    const name = `${data.period} ${data.from}`;
    if ((this.#newest.get(name)?.revision ?? -1) < data.revision) this.#newest.set(name, data);
  }
}
