// Tests that the server answers what it knows, refuses the rest in words, and outlives whatever is sent to it.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Routes, startHttp } from '../../src/http/server.ts';

const PAGE = { status: 200, type: 'text/plain', body: 'grüezi', headers: { 'x-page': 'yes' } };
const ROUTES: Routes = new Map([
  ['/page', () => Promise.resolve(PAGE)],
  ['/broken', () => Promise.reject(new Error('disk gone'))],
]);

it('answers a path it knows, with or without a query', async () => {
  const { url } = await rigServer();
  for (const path of ['/page', '/page?a=1']) {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('grüezi');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '7',
      'x-page': 'yes',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(response.headers.has('set-cookie')).toBe(false);
  }
  const head = await fetch(`${url}/page`, { method: 'HEAD' });
  expect({ status: head.status, length: head.headers.get('content-length'), text: await head.text() }).toEqual({
    status: 200,
    length: '7',
    text: '',
  });
});

describe('a request for', () => {
  it.each([
    ['an unknown path', 'GET /else HTTP/1.1', 404],
    ['the folder above', 'GET /../../etc/passwd HTTP/1.1', 404],
    ['the folder above, encoded', 'GET /page/%2e%2e/%2e%2e/etc/passwd HTTP/1.1', 404],
    ['a path with a null byte', 'GET /page%00 HTTP/1.1', 404],
    ['another host, as a proxy is asked', 'GET http://example.com/page HTTP/1.1', 404],
    ['another method', 'POST /page HTTP/1.1', 405],
    ['an upgrade', 'GET /page HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket', 200],
    ['an address longer than 8 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1`, 431],
    ['a header longer than 8 kB', `GET /page HTTP/1.1\r\nX-Long: ${'a'.repeat(20_000)}`, 431],
    ['no HTTP', 'hello', 400],
    ['what fails', 'GET /broken HTTP/1.1', 500],
  ])('%s is answered', async (_, lines, status) => {
    const { port, log } = await rigServer();
    const answer = await ask(port, `${lines}\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toContain('root:');
    expect(log).toEqual(status === 500 ? ['could not answer a request'] : []);
  });

  it.each(['example.com', 'localhost.example.com', '127.0.0.1.example.com:80', '10.0.0.7'])(
    'the name %s, which another page may have given to this machine, is refused',
    async (host) => {
      const { port } = await rigServer();
      expect(await ask(port, `GET /page HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
    },
  );

  it.each(['localhost:1234', '127.0.0.1', '[::1]:80', 'LOCALHOST'])('the name %s is answered', async (host) => {
    const { port } = await rigServer();
    const answer = await ask(port, `GET /page HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

it('says what there is where nothing is, and which methods are allowed', async () => {
  const { url } = await rigServer();
  expect(await (await fetch(url)).text()).toBe('Nothing is here. There is: /page /broken\n');
  const refused = await fetch(`${url}/page`, { method: 'DELETE' });
  expect({ status: refused.status, allow: refused.headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD' });
});

it('gives up a request that does not arrive', async () => {
  const { port } = await rigServer({ patienceMs: 50 });
  expect(await ask(port, 'GET /page HTTP/1.1\r\nHost: 127')).toMatch(/^HTTP\/1\.1 408 /);
  expect(await ask(port, 'POST /page HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\nabc')).toMatch(/ 405 /);
});

it('closes although somebody holds a connection open', async () => {
  const { port, server } = await rigServer();
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  await server.close();
  await closed;
});

it('says what to do where its port is taken', async () => {
  const { port } = await rigServer();
  await expect(startHttp({ port, routes: ROUTES }, { warn: () => undefined })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: choose another http.port, or 0 for any.`,
  );
});

async function rigServer(options: Readonly<{ patienceMs?: number }> = {}) {
  const log: string[] = [];
  const server = await startHttp({ port: 0, routes: ROUTES, ...options }, { warn: (_, message) => log.push(message) });
  onTestFinished(() => server.close());
  return { ...server, server, log };
}

/** Everything that comes until the server closes the connection, or a whole answer has come. */
function ask(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    // What is refused may be cut off while it is still being sent.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
    socket.write(request);
  });
}
