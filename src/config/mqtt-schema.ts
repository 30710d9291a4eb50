// Defines the section of the configuration about the broker.
import { z } from 'zod';
import { hasCredentials, isBrokerAddress, isWebOrigin } from './checks.ts';
import { alsoIncomplete, path, port } from './leaves.ts';

const WEB_ORIGIN = 'must be an origin such as https://player.example, without a path, or "null" in quotes';

export const mqttSchema = z
  .strictObject({
    url: z
      .string()
      .refine(isBrokerAddress, 'must be an address such as mqtt://broker.example:1883 (mqtt, mqtts, ws or wss)')
      .refine((url) => !hasCredentials(url), 'must not hold credentials: use mqtt.username and mqtt.passwordFile')
      .nullable()
      .default(null)
      .describe('Address of the broker; null for the embedded one, which listens on this machine only.'),
    port: port.default(1883).describe('Port of the embedded broker; 0 for any free one.'),
    webSocketPort: port.nullable().default(null).describe('WebSocket port of the embedded broker; null for none.'),
    webSocketOrigins: z
      .array(z.string(WEB_ORIGIN).refine(isWebOrigin, WEB_ORIGIN))
      .min(0)
      .max(64)
      .default([])
      .describe(
        'Origins of web pages elsewhere that may use it; "null" for files, and for any page that hides its own.',
      ),
    username: z.string().min(1).nullable().default(null).describe('User name at the broker of mqtt.url.'),
    passwordFile: path.describe(
      'File that holds the password of that user and nothing else; mqtt-password is the one that the service is given.',
    ),
    protocolVersion: z
      .union([z.literal(4), z.literal(5)])
      .default(4)
      .describe('4 is MQTT 3.1.1, which every broker speaks; 5 is MQTT 5.'),
    ttlMs: z
      .number()
      .int()
      .min(1000)
      .max(60_000)
      .default(6000)
      .describe('A player may rely on a state for this long, in milliseconds; it is repeated three times as often.'),
  })
  .refine(({ url, username }) => !(username && !url), {
    ...alsoIncomplete,
    path: ['username'],
    message: 'needs mqtt.url, since the embedded broker knows no users',
  })
  .refine(({ url, protocolVersion }) => !(protocolVersion === 5 && !url), {
    ...alsoIncomplete,
    path: ['protocolVersion'],
    message: 'must be 4 without mqtt.url, since the embedded broker speaks MQTT 3.1.1 only',
  })
  .refine(({ username, passwordFile }) => !(passwordFile && !username), {
    ...alsoIncomplete,
    path: ['passwordFile'],
    message: 'needs mqtt.username',
  })
  .refine(({ port, webSocketPort }) => !(webSocketPort && webSocketPort === port), {
    ...alsoIncomplete,
    path: ['webSocketPort'],
    message: 'must differ from mqtt.port',
  });
