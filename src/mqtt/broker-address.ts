// Splits the address of a broker into what may be shown and what is secret.
import { MqttError } from './mqtt-error.ts';

export type BrokerAddress = Readonly<{
  url: string;
  /** For logs, errors and status: without credentials, path and query, any of which may be secret. */
  shown: string;
  username: string | null;
  password: string | null;
}>;

const PROTOCOLS: readonly string[] = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** The configuration refuses credentials in the address. Throws an MqttError when it is none. */
export function brokerAddress(url: string, username: string | null, password: string | null): BrokerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  // The address is not repeated in the message: what cannot be parsed may hold a password anywhere.
  if (parsed === null || parsed.hostname === '' || !PROTOCOLS.includes(parsed.protocol)) {
    throw new MqttError(
      'mqtt.url is not the address of a broker: write mqtt://, mqtts://, ws:// or wss:// and the host.',
    );
  }
  return { url: parsed.href, shown: `${parsed.protocol}//${parsed.host}`, username, password };
}
