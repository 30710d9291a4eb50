// Starts the daemon with its own broker, for commands whose messages no player is to take for real; on any port that is free.
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { MqttError } from '../mqtt/mqtt-error.ts';

export async function startWithOwnBroker(setup: DaemonSetup): Promise<Daemon> {
  const embedded = { ...setup.config.mqtt, url: null, username: null };
  try {
    return await startDaemon({ ...setup, config: { ...setup.config, mqtt: embedded } });
  } catch (error) {
    if (!(error instanceof MqttError)) throw error;
    const mqtt = { ...embedded, port: 0, webSocketPort: null };
    return startDaemon({ ...setup, config: { ...setup.config, mqtt } });
  }
}
