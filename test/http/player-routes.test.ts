// Tests what is served of the player's page, and that its policy lets it reach its own daemon and nothing else.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { playerRoutes } from '../../src/http/player-routes.ts';
import { startHttp } from '../../src/http/server.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('serves the page, and tells it where its broker is', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const url = await serve(folder);
  const page = await fetch(`${url}/player`);
  expect(await page.text()).toBe('<!doctype html>');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://127.0.0.1:9001; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(await (await fetch(`${url}/player/settings.json`)).json()).toEqual({
    url: 'ws://127.0.0.1:9001',
    site: 'local',
    screen: 'lobby',
    triggers: ['women'],
  });
  expect((await fetch(`${url}/player/secret.txt`)).status).toBe(404);
});

it('says how to build what is not there', async () => {
  const url = await serve(tempFolder());
  const missing = await fetch(`${url}/player/main.js`);
  expect({ status: missing.status, text: await missing.text() }).toMatchObject({
    status: 503,
    text: expect.stringContaining('npm run build'),
  });
});

async function serve(folder: string): Promise<string> {
  const page = {
    folder,
    webSocketUrl: 'ws://127.0.0.1:9001',
    screen: { site: 'local', screen: 'lobby' },
    triggers: ['women'],
  };
  const server = await startHttp({ port: 0, routes: playerRoutes(page) }, { warn: () => undefined });
  onTestFinished(() => server.close());
  return server.url;
}
