// The address of a broker is split into what may be shown and what is secret.
import { describe, expect, it } from 'vitest';
import { brokerAddress } from '../../src/mqtt/broker-address.ts';
import { MqttError } from '../../src/mqtt/mqtt-error.ts';

describe('brokerAddress', () => {
  it('takes credentials out of the address', () => {
    expect(brokerAddress('mqtt://ann:p%40ss@broker.example:1884', null, null)).toEqual({
      url: 'mqtt://broker.example:1884',
      shown: 'mqtt://broker.example:1884',
      username: 'ann',
      password: 'p@ss',
    });
  });

  it('shows neither path nor query', () => {
    expect(brokerAddress('wss://broker.example/mqtt?token=abc', null, null)).toMatchObject({
      url: 'wss://broker.example/mqtt?token=abc',
      shown: 'wss://broker.example',
    });
  });

  it('prefers credentials given apart, and mixes them with no others', () => {
    expect(brokerAddress('mqtt://ann:old@b', 'bob', 'new')).toMatchObject({ username: 'bob', password: 'new' });
    expect(brokerAddress('mqtt://ann:old@b', 'bob', null)).toMatchObject({ username: 'bob', password: null });
    expect(brokerAddress('mqtt://ann@b', null, 'new')).toMatchObject({ username: 'ann', password: 'new' });
  });

  it.each(['http://u:s3cret@b', 'broker.example', 'mqtt://', 'mqtt://u:s3cret%@b'])(
    'refuses %s, and repeats no secret',
    (url) => {
      const parse = () => brokerAddress(url, null, null);
      expect(parse).toThrow(MqttError);
      expect(parse).not.toThrow(/s3cret/);
    },
  );
});
