// Splits the address of a broker into what may be shown and what is secret.
import { MqttError } from './mqtt-error.ts';

export type BrokerAddress = Readonly<{
  /** Without credentials. */
  url: string;
  /** For logs, errors and status: without credentials, path and query, any of which may be secret. */
  shown: string;
  username: string | null;
  password: string | null;
}>;

const PROTOCOLS: readonly string[] = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** Credentials given apart win over those in the address. */
export function brokerAddress(url: string, username: string | null, password: string | null): BrokerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  // The address is not repeated in the message: what cannot be parsed may hold a password anywhere.
  if (parsed === null || parsed.hostname === '' || !PROTOCOLS.includes(parsed.protocol)) {
    throw new MqttError(
      'mqtt.url is not the address of a broker: write mqtt://, mqtts://, ws:// or wss:// and the host.',
    );
  }
  const inside = { username: decoded(parsed.username), password: decoded(parsed.password) };
  parsed.username = '';
  parsed.password = '';
  return {
    url: parsed.href,
    shown: `${parsed.protocol}//${parsed.host}`,
    username: username ?? inside.username,
    password: username === null ? (password ?? inside.password) : password,
  };
}

function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new MqttError('The credentials in mqtt.url are not percent-encoded: write % as %25.', { cause });
  }
}
