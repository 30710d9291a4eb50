// Of the pages that a browser on this machine may show, the embedded broker lets only those of this machine in, and those that are listed.
import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';

it.each<[string | undefined, string]>([
  [undefined, 'no browser'],
  ['http://127.0.0.1:8080', 'a page of this machine'],
  ['http://localhost', 'a page of this machine'],
  ['http://[::1]:8080', 'a page of this machine'],
  ['https://player.example', 'a page that is listed'],
])('lets %s in (%s)', async (origin) => {
  const { ask, refused } = await broker(['https://player.example']);
  expect(await ask(origin)).toBe(101);
  expect(refused).toEqual([]);
});

it.each([
  'https://evil.example',
  'http://127.0.0.1.evil.example',
  'http://localhost@evil.example',
  'http://player.example',
  'https://player.example:8443',
  'null',
  'file://',
  'nonsense',
])('refuses a page of %s, and says what would let it in', async (origin) => {
  const { ask, refused } = await broker(['https://player.example']);
  expect(await ask(origin)).toBe(403);
  expect(refused).toEqual([`a page of ${origin}: list that in mqtt.webSocketOrigins if it may connect`]);
});

it('lets a page of a file in when null is listed', async () => {
  const { ask } = await broker(['null']);
  expect(await ask('null')).toBe(101);
});

it('repeats no more of an origin than fits into a line', async () => {
  const { ask, refused } = await broker();
  await ask(`https://${'a'.repeat(5000)}.example`);
  expect(refused.join().length).toBeLessThan(200);
});

it('says that it speaks WebSocket to whoever asks for a page', async () => {
  const { url } = await broker();
  const status = await new Promise((resolve) => {
    request(url.replace('ws:', 'http:'), ({ statusCode }) => resolve(statusCode)).end();
  });
  expect(status).toBe(426);
});

async function broker(webSocketOrigins: readonly string[] = []) {
  const refused: string[] = [];
  const started = await startBroker({ port: 0, webSocketPort: 0, webSocketOrigins }, (reason) => refused.push(reason));
  onTestFinished(() => started.close());
  const url = started.webSocketUrl ?? 'no address';
  /** The status of the answer. */
  const ask = (origin: string | undefined) =>
    new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(url, 'mqtt', origin === undefined ? {} : { headers: { origin } });
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      socket.on('upgrade', ({ statusCode }) => resolve(statusCode));
      onTestFinished(() => socket.terminate());
    });
  return { url, refused, ask };
}
