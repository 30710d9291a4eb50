// Starts the daemon on the port it would like, or on any free one: for commands that run beside a broker.
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { MqttError } from '../mqtt/mqtt-error.ts';

export async function startOnAnyPort(setup: DaemonSetup): Promise<Daemon> {
  try {
    return await startDaemon(setup);
  } catch (error) {
    if (!(error instanceof MqttError) || setup.config.mqtt.url !== null) throw error;
    const mqtt = { ...setup.config.mqtt, port: 0, webSocketPort: null };
    return startDaemon({ ...setup, config: { ...setup.config, mqtt } });
  }
}
