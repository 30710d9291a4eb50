// A player that follows a broker of its own by a clock in the hands of the test, which speaks in the place of the daemon.
import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { type PlayerState, type SubscribeOptions, subscribe } from '../../src/player/subscribe.ts';
import { eventually } from '../support/eventually.ts';
import { manualClock } from '../support/manual-clock.ts';

export const PREFIX = 'onlooker/v1/local/lobby';

export async function rigBroker() {
  const broker = await startBroker({ port: 0, webSocketPort: 0 });
  onTestFinished(() => broker.close());
  const client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const say = async (topic: string, payload: unknown, retain = false) => {
    await client.publishAsync(`${PREFIX}/${topic}`, JSON.stringify(payload), { qos: 1, retain });
  };
  const urls = { mqtt: broker.url, ws: broker.webSocketUrl ?? '' };
  const follow = (options: Partial<SubscribeOptions> = {}, scheme: 'mqtt' | 'ws' = 'mqtt') =>
    followAt(urls[scheme], options);
  return { url: broker.url, client, say, follow };
}

export function followAt(url: string, options: Partial<SubscribeOptions> = {}) {
  const clock = manualClock();
  const told: PlayerState[] = [];
  const problems: string[] = [];
  const handle = subscribe({
    url,
    site: 'local',
    screen: 'lobby',
    onChange: (state) => told.push(state),
    onError: ({ message }) => problems.push(message),
    clock,
    ...options,
  });
  onTestFinished(() => handle.close());
  const becomes = (holds: (state: PlayerState) => boolean) => eventually(() => handle.state, holds);
  return { clock, told, problems, handle, becomes };
}
