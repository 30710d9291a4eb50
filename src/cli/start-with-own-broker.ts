// Starts the daemon with its own broker, for commands whose messages no player is to take for real; on any port that is free.
import type { Config } from '../config/load.ts';
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { HttpError } from '../http/http-error.ts';
import { MqttError } from '../mqtt/mqtt-error.ts';

/** `say` is told when it is another port than that of the configuration. */
export async function startWithOwnBroker(setup: DaemonSetup, say: (line: string) => void): Promise<Daemon> {
  const config = onOwnBroker(setup.config);
  const own = { ...setup, config, mqttPassword: null };
  try {
    return await startDaemon(own);
  } catch (error) {
    if (!(error instanceof MqttError || error instanceof HttpError)) throw error;
    const free = {
      mqtt: { ...config.mqtt, port: 0, webSocketPort: null },
      http: { port: config.http.port === null ? null : 0 },
    };
    const daemon = await startDaemon({ ...own, config: { ...config, ...free } });
    say(`${takenPort(error) ?? error.message} The broker is ${daemon.brokerUrl} this time.`);
    return daemon;
  }
}

/** What belongs to a broker elsewhere is left out: the own one knows neither users nor MQTT 5. */
export function onOwnBroker(config: Config): Config {
  return {
    ...config,
    mqtt: { ...config.mqtt, url: null, username: null, passwordFile: null, protocolVersion: 4 },
  };
}

/** The remedy in the message of the error is for those who need that very port. */
function takenPort({ cause }: Error): string | null {
  const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' && 'port' in cause;
  return isTaken ? `Port ${cause.port} is taken.` : null;
}
