// Serves the page of the demo player where the configuration asks for it; the page hears the embedded broker by WebSocket.
import { type PlayerPage, playerRoutes } from '../http/player-routes.ts';
import { startHttp } from '../http/server.ts';
import type { Broker, BrokerOptions } from '../mqtt/embedded-broker.ts';
import { triggerNames } from '../targeting/rules.ts';
import type { DaemonSetup } from './daemon-setup.ts';
import { PLAYER_PAGE } from './installation.ts';
import type { Lifecycle } from './lifecycle.ts';
import { targetingOptions } from './measurement/targeting-options.ts';

/** Null when there is none. */
export async function openPlayerPage(
  { config, logger }: DaemonSetup,
  broker: Broker | null,
  lifecycle: Lifecycle,
): Promise<string | null> {
  const { port } = config.http;
  if (port === null) return null;
  const webSocketUrl = broker?.webSocketUrl ?? null;
  if (webSocketUrl === null) {
    logger.warn({}, 'no page is served: it needs the embedded broker, and mqtt.url names another one');
    return null;
  }
  const page: PlayerPage = {
    folder: PLAYER_PAGE,
    webSocketUrl,
    screen: config,
    triggers: triggerNames(targetingOptions(config.triggers)),
  };
  const server = await startHttp({ port, routes: playerRoutes(page) }, logger);
  lifecycle.opened('http', () => server.close());
  return `${server.url}/player`;
}

export function brokerOptions({ mqtt, http }: DaemonSetup['config']): BrokerOptions {
  const forPage = http.port === null ? null : 0;
  const { port, webSocketOrigins } = mqtt;
  return { port, webSocketPort: mqtt.webSocketPort ?? forPage, webSocketOrigins };
}
