// The broker of this machine is found, and that of the daemon itself is not taken for it.
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { localBroker } from '../../src/setup/local-broker.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('there is none where nobody listens', async () => {
  expect(await localBroker(tempFolder(), await freePort())).toBe(null);
});

it('whoever listens is it, but not the daemon', async () => {
  const port = await listening(createServer());
  const state = tempFolder();
  expect(await localBroker(state, port)).toBe(`mqtt://127.0.0.1:${port}`);
  const descriptor = openSync(join(state, 'lock.sqlite'), 'w');
  onTestFinished(() => closeSync(descriptor));
  expect(await localBroker(state, port)).toBe(null);
});
