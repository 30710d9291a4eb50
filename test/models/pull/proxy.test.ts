// Files are fetched through the proxy that the environment names, except from hosts that it excepts.
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CONTENT, fetching } from './fetch-rig.ts';
import { redirectingTo, serving } from './model-server.ts';

it('HTTP_PROXY is asked for everything, also after a redirect, and for parts', async () => {
  const proxy = await startProxy();
  useProxy({ HTTP_PROXY: proxy.origin });
  const servers = { '/net': redirectingTo('/moved'), '/moved': serving(CONTENT) };
  const { isWhole, requests } = await fetching(servers, { urls: ['/net'], partial: CONTENT.subarray(0, 1000) });
  expect(isWhole).toBe(true);
  expect(requests).toEqual(['/net bytes=1000-', '/moved bytes=1000-']);
  expect(proxy.asked).toEqual([
    expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/net$/),
    expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/moved$/),
  ]);
});

it('HTTPS_PROXY is asked for a tunnel to a host that only it can reach', async () => {
  const proxy = await startProxy();
  useProxy({ HTTPS_PROXY: proxy.origin });
  const { error } = await fetching({}, { urls: ['https://models.example/net'] });
  expect(proxy.asked).toEqual(['CONNECT models.example:443']);
  expect(String(error)).toContain('https://models.example/net ');
});

it('the hosts of NO_PROXY are asked directly', async () => {
  const proxy = await startProxy();
  useProxy({ HTTP_PROXY: proxy.origin, NO_PROXY: 'localhost,127.0.0.1' });
  const { isWhole } = await fetching({ '/net': serving(CONTENT) });
  expect([isWhole, proxy.asked]).toEqual([true, []]);
});

it('a proxy that is not there is said to be the problem', async () => {
  useProxy({ HTTP_PROXY: 'http://127.0.0.1:1' });
  const { error, requests } = await fetching({ '/net': serving(CONTENT) });
  expect(String(error)).toContain('ECONNREFUSED 127.0.0.1:1');
  expect(requests).toEqual([]);
});

it('a proxy that wants a password is said to be the problem', async () => {
  const proxy = await startProxy({ isClosed: true });
  useProxy({ HTTP_PROXY: proxy.origin });
  expect(String((await fetching({ '/net': serving(CONTENT) })).error)).toContain('407');
});

it('a proxy that says nothing is given up, tunnel or not', async () => {
  const proxy = await startProxy({ isSilent: true });
  useProxy({ HTTP_PROXY: proxy.origin, HTTPS_PROXY: proxy.origin });
  const { error } = await fetching(
    {},
    { urls: ['http://models.example/net', 'https://models.example/net'], stallMs: 150 },
  );
  expect(String(error).match(/sent nothing for 0\.15 s/g)).toHaveLength(2);
  expect(proxy.asked).toHaveLength(2);
});

/** The environment of the test may name a proxy itself. */
function useProxy(proxies: Readonly<Record<string, string>>): void {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toUpperCase(), proxies[name.toUpperCase()]);
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

async function startProxy({ isClosed = false, isSilent = false } = {}) {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (isSilent) return;
    if (isClosed) {
      response.writeHead(407).end();
      return;
    }
    const onward = forward(request.url ?? '', { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.method} ${request.url}`);
    if (isSilent) return;
    // Nobody listens at port 1, as at models.example.
    const onward = connect(1, '127.0.0.1').on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    onward.on('connect', () => socket.pipe(onward).pipe(socket));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return { origin: `http://127.0.0.1:${address.port}`, asked };
}
