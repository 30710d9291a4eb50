// The origins of web pages are written as browsers send them, else they would never match.
import { expect, it } from 'vitest';
import { mqttSchema } from '../../src/config/mqtt-schema.ts';

it('MQTT 5 is for a broker elsewhere', () => {
  expect(mqttSchema.safeParse({ protocolVersion: 5 }).error?.issues).toMatchObject([
    { path: ['protocolVersion'], message: expect.stringContaining('without mqtt.url') },
  ]);
  expect(mqttSchema.parse({ url: 'mqtt://broker.example', protocolVersion: 5 }).protocolVersion).toBe(5);
});

it.each(['https://player.example', 'http://10.0.0.7:8080', 'chrome-extension://abc', 'null'])('%s is one', (origin) => {
  expect(mqttSchema.parse({ webSocketOrigins: [origin] }).webSocketOrigins).toEqual([origin]);
});

it.each(['https://player.example/', 'https://Player.example', 'https://player.example:443', 'player.example', null])(
  '%s is none',
  (origin) => {
    expect(mqttSchema.safeParse({ webSocketOrigins: [origin] }).error?.issues).toMatchObject([
      { message: 'must be an origin such as https://player.example, without a path, or "null" in quotes' },
    ]);
  },
);
