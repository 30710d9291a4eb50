// One message to a real broker and back, and each way in which it does not come back.
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/daemon/clock.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { type RoundTripOptions, roundTrip } from '../../src/mqtt/round-trip.ts';
import { freePort } from '../support/free-port.ts';
import { type MosquittoOptions, noMosquitto, startMosquitto } from '../support/mosquitto.ts';

const USER = { name: 'door', password: 's3cret' };

function travel(url: string, options: Partial<RoundTripOptions> = {}) {
  const base = { username: null, password: null, protocolVersion: 4, clientId: 'doctor', topic: 'a/doctor' } as const;
  return roundTrip({ ...base, url, limitMs: 2000, ...options }, systemClock);
}

async function to(broker: MosquittoOptions, options: Partial<RoundTripOptions> = {}) {
  return travel((await startMosquitto(broker)).url, { username: USER.name, password: USER.password, ...options });
}

it.skipIf(noMosquitto).each([4, 5] as const)(
  'comes back over protocol %d, with the user that is asked for',
  async (protocolVersion) => {
    expect(await to({ user: USER }, { protocolVersion })).toMatchObject({ kind: 'returned' });
  },
);

it('comes back from the embedded broker', async () => {
  const broker = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(() => broker.close());
  expect(await travel(broker.url)).toMatchObject({ kind: 'returned' });
});

it.skipIf(noMosquitto)('a wrong password is refused, in words without it', async () => {
  const trip = await to({ user: USER }, { password: 'gu3ss' });
  expect(trip).toMatchObject({ kind: 'failed', step: 'connect', isRefused: true });
  expect(JSON.stringify(trip)).not.toContain('gu3ss');
});

it.skipIf(noMosquitto)('a topic that may not be read is told as such', async () => {
  const trip = await to({ user: USER, accessControl: [`user ${USER.name}`, 'topic write a/#'] }, { limitMs: 500 });
  expect(trip).toMatchObject({ kind: 'failed', step: expect.stringMatching(/subscribe|return/) });
});

it.skipIf(noMosquitto).each([
  [4, 'return'],
  [5, 'publish'],
] as const)('a topic that may not be written is told by protocol %d at the step %s', async (protocolVersion, step) => {
  const rules = [`user ${USER.name}`, 'topic read a/#'];
  const trip = await to({ user: USER, accessControl: rules }, { protocolVersion, limitMs: 500 });
  expect(trip).toMatchObject({ kind: 'failed', step });
});

it('nobody at the address, and somebody who never answers', async () => {
  expect(await travel(`mqtt://127.0.0.1:${await freePort()}`)).toMatchObject({
    kind: 'failed',
    step: 'connect',
    isRefused: false,
    words: expect.stringContaining('ECONNREFUSED'),
  });
  const port = await freePort();
  const mute = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => {
    mute.close();
  });
  expect(await travel(`mqtt://127.0.0.1:${port}`, { limitMs: 300 })).toMatchObject({
    step: 'connect',
    isRefused: false,
  });
});
