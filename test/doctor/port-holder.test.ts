// A port is free, or taken by a program that is named.
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasOpenIn, portFacts, portHolder } from '../../src/doctor/port-holder.ts';
import { freePort } from '../support/free-port.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('a free port stays free', async () => {
  const port = await freePort();
  expect(await portFacts(port)).toEqual({ port, state: 'free' });
  expect(await portFacts(port)).toEqual({ port, state: 'free' });
  expect(portHolder(port, '/proc')).toBe(null);
});

it.each(['127.0.0.1', '::'])('one that a program has on %s is taken, and the program is named', async (host) => {
  const port = await freePort();
  const server = createServer().listen(port, host);
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  const found = await portFacts(port);
  expect(found).toMatchObject({
    port,
    state: 'taken',
    holder: { command: expect.stringContaining('node'), pid: process.pid },
  });
});

it('tells in which folder a program has a file open', () => {
  const [folder, other] = [tempFolder(), tempFolder()];
  const holder = { command: 'x', pid: process.pid };
  expect(hasOpenIn(folder, holder)).toBe(false);
  const descriptor = openSync(join(folder, 'x'), 'w');
  onTestFinished(() => closeSync(descriptor));
  expect([folder, other, join(folder, 'none')].map((one) => hasOpenIn(one, holder))).toEqual([true, false, false]);
});

it('names nobody where nothing can be read', () => {
  expect(portHolder(1883, tempFolder())).toBe(null);
});
