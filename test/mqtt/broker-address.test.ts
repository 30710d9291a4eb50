// The address of a broker is split into what may be shown and what is secret.
import { describe, expect, it } from 'vitest';
import { brokerAddress } from '../../src/mqtt/broker-address.ts';
import { MqttError } from '../../src/mqtt/mqtt-error.ts';

describe('brokerAddress', () => {
  it('shows neither path nor query', () => {
    expect(brokerAddress('wss://broker.example/mqtt?token=abc', null, null)).toMatchObject({
      url: 'wss://broker.example/mqtt?token=abc',
      shown: 'wss://broker.example',
    });
  });

  it('shows no credentials, be they in the address or apart', () => {
    expect(brokerAddress('mqtt://ann:old@broker.example', 'bob', 'new')).toMatchObject({
      shown: 'mqtt://broker.example',
      username: 'bob',
      password: 'new',
    });
  });

  it.each(['http://u:s3cret@b', 'broker.example', 'mqtt://', 'mqtt://u:s3cret@'])(
    'refuses %s, and repeats no secret',
    (url) => {
      const parse = () => brokerAddress(url, null, null);
      expect(parse).toThrow(MqttError);
      expect(parse).not.toThrow(/s3cret/);
    },
  );
});
