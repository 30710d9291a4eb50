// Whose the broker is that listens where the embedded one would.
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { brokerFacts, judgeBroker } from '../../src/doctor/broker.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('that of the daemon is its own, and gives a message back', async () => {
  const { port, close } = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(close);
  const stateFolder = tempFolder();
  const descriptor = openSync(join(stateFolder, 'lock.sqlite'), 'w');
  onTestFinished(() => closeSync(descriptor));
  expect(await judged(port, stateFolder)).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^embedded: the running daemon listens on \d+ and gave a message back/),
  });
});

it('on any free port it is found where pages find it', async () => {
  const { webSocketUrl, close } = await startBroker({ port: 0, webSocketPort: 0 });
  onTestFinished(close);
  const stateFolder = tempFolder();
  const descriptor = openSync(join(stateFolder, 'lock.sqlite'), 'w');
  onTestFinished(() => closeSync(descriptor));
  const webSocketPort = Number(new URL(webSocketUrl ?? '').port);
  expect(await judged(0, stateFolder, webSocketPort)).toMatchObject({ state: 'ok' });
});

it.skipIf(noMosquitto)('a mosquitto is none of it, though the daemon runs', async () => {
  const { port } = await startMosquitto();
  expect(await judged(port, tempFolder())).toMatchObject({
    state: 'fail',
    detail: expect.stringMatching(/^embedded: port \d+ is taken by \S*mosquitto -c .* \(process \d+\)$/),
  });
});

async function judged(port: number, stateFolder: string, webSocketPort: number | null = null) {
  const { mqtt, site } = configSchema.parse({ mqtt: { port, webSocketPort } });
  const config = { mqtt, site, screen: 'door' };
  return judgeBroker(await brokerFacts({ config, password: null, stateFolder, daemonRuns: true, clock: systemClock }));
}
