// Starts the daemon with its own broker, for commands whose messages no player is to take for real; on any port that is free.
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { HttpError } from '../http/http-error.ts';
import { MqttError } from '../mqtt/mqtt-error.ts';

export async function startWithOwnBroker(setup: DaemonSetup): Promise<Daemon> {
  const { config } = setup;
  const mqtt = { ...config.mqtt, url: null, username: null };
  try {
    return await startDaemon({ ...setup, config: { ...config, mqtt } });
  } catch (error) {
    if (!(error instanceof MqttError || error instanceof HttpError)) throw error;
    const free = {
      mqtt: { ...mqtt, port: 0, webSocketPort: null },
      http: { port: config.http.port === null ? null : 0 },
    };
    return startDaemon({ ...setup, config: { ...config, ...free } });
  }
}
