// The page of the demo player in a real browser, with a real broker: the advertisement changes in time, and never lies.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mqtt from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { topics } from '../../src/contract/topics.ts';
import { playerRoutes } from '../../src/http/player-routes.ts';
import { startHttp } from '../../src/http/server.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { availability, now, trigger } from '../player/messages.ts';
import { launchChromium, noChromium, openPage } from '../support/chromium.ts';
import { codeBlocksOf } from '../support/code-blocks.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { startProgram } from '../support/program.ts';
import { newHome } from './home.ts';

const PAGE_FOLDER = fileURLToPath(new URL('../../dist/player/page', import.meta.url));
const TTL_MS = 2000;
const A_SECOND = { timeout: 1000 };
/** The page looks at its clock five times a second, and a busy machine is late. */
const WITHIN_TTL = { timeout: TTL_MS + 1000 };

describe.skipIf(noChromium)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('changes the advertisement within a second, says why, and falls back when nothing more comes', async () => {
    const { url, say, brokerUrl } = await rigPage();
    const plays = await collectMessages(brokerUrl);
    const { page, complaints } = await openPage(browser, url);
    await page.waitForSelector('#stage[data-spot=default-coffee]');
    await page.getByText('no daemon has been heard of for this screen').waitFor();
    await say('availability', availability('online'));
    await say('now', now({ ttlMs: TTL_MS, present: 3, attending: 2 }));
    await say('trigger/women', trigger({ trigger: 'women', ttlMs: TTL_MS, reason: 'mostly women' }));
    await page.waitForSelector('#stage[data-spot=women]', A_SECOND);
    expect(await page.locator('.headline').last().textContent()).toBe('Run it for the view.');
    const corner = await page.locator('#corner').textContent();
    for (const words of ['women', 'mostly women', '3 here, 2 looking', 's old']) expect(corner).toContain(words);
    expect(await page.locator('#corner li.on').allTextContents()).toEqual(['women']);
    await page.setViewportSize({ width: 480, height: 320 });
    // As text: the tests do not know the types of a browser.
    const letters = await page.evaluate("getComputedStyle(document.getElementById('corner')).fontSize");
    expect(Number.parseFloat(String(letters))).toBeGreaterThanOrEqual(12);
    await page.waitForSelector('#stage[data-spot=default-coffee]', WITHIN_TTL);
    await page.getByText('what was heard last is too old').waitFor(WITHIN_TTL);
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    const told = plays.on('play').map(({ text }) => topics.play.schema.parse(JSON.parse(text)));
    expect(told).toContainEqual(expect.objectContaining({ content: 'women', state: 'started' }));
    expect(told).toContainEqual(expect.objectContaining({ content: 'women', state: 'ended' }));
  });

  it('shows no advertisement for what was retained before it was opened', async () => {
    const { url, say } = await rigPage();
    await say('availability', availability('online'), true);
    await say('now', now({ present: 9 }), true);
    await say('trigger/women', trigger({ trigger: 'women' }), true);
    const { page } = await openPage(browser, url);
    await page.getByText('waiting for a live message of the daemon').waitFor();
    // It comes after all that was retained.
    await say('now', now({ present: 2, attending: 1 }));
    await page.getByText('2 here, 1 looking').waitFor(A_SECOND);
    expect(await page.locator('#stage').getAttribute('data-spot')).toMatch(/^default-/);
    await say('trigger/women', trigger({ trigger: 'women', seq: 2 }));
    await page.waitForSelector('#stage[data-spot=women]', A_SECOND);
  });

  it('falls back at once when the daemon is lost, and within the ttl when the broker is', async () => {
    const { url, say, close } = await rigPage();
    const { page } = await openPage(browser, url);
    await page.getByText('no daemon has been heard of for this screen').waitFor();
    await say('availability', availability('online'));
    await say('trigger/men', trigger({ trigger: 'men', ttlMs: 60_000 }));
    await page.waitForSelector('#stage[data-spot=men]', A_SECOND);
    await say('availability', availability('offline'));
    await page.waitForSelector('#stage[data-spot=default-coffee]', A_SECOND);
    await page.getByText('the daemon is offline').waitFor();
    await say('availability', availability('online', 's2'));
    await say('trigger/party', trigger({ trigger: 'party', session: 's2', ttlMs: TTL_MS }));
    await page.waitForSelector('#stage[data-spot=party]', A_SECOND);
    await close();
    await page.waitForSelector('#stage[data-spot=default-coffee]', WITHIN_TTL);
    await page.getByText('no connection to the broker').waitFor();
  });

  it('follows a daemon that was started anew with another broker', async () => {
    const port = await freePort();
    const first = await rigPage(port);
    const { page } = await openPage(browser, first.url);
    await page.getByText('no daemon has been heard of for this screen').waitFor();
    await first.close();
    const { say } = await rigPage(port);
    await page.waitForEvent('load');
    await page.getByText('no daemon has been heard of for this screen').waitFor();
    await say('availability', availability('online'));
    await say('trigger/welcome', trigger({ trigger: 'welcome' }));
    await page.waitForSelector('#stage[data-spot=welcome]', A_SECOND);
  });

  it('of your own works as docs/player.md shows it, and loads nothing but the client', async () => {
    const { brokerWebSocketUrl, say } = await rigPage();
    const [html] = codeBlocksOf('docs/player.md').filter(({ language }) => language === 'html');
    const client = readFileSync(join(PAGE_FOLDER, 'client.js'));
    const answer = (type: string, body: string | Buffer) => async () => ({ status: 200, type, body, headers: {} });
    const routes = new Map([
      ['/mine.html', answer('text/html', html?.code ?? '')],
      ['/client.js', answer('text/javascript', client)],
    ]);
    const server = await startHttp({ port: 0, routes }, { warn: () => undefined });
    onTestFinished(() => server.close());
    const { page, complaints } = await openPage(browser, `${server.url}/mine.html?broker=${brokerWebSocketUrl}`);
    await say('availability', availability('online'), true);
    let seq = 0;
    await eventually(
      async () => {
        seq += 1;
        await say('trigger/women', trigger({ trigger: 'women', seq }));
        return page.locator('#ad').textContent();
      },
      (text) => text === 'Run it for the view.',
    );
    expect(complaints.filter((words) => !words.includes('favicon') && !words.includes('404'))).toEqual([]);
  });

  it('shows what a real daemon decides, and falls back within the ttl when that is killed', async () => {
    const home = await newHome({
      mqtt: { ttlMs: TTL_MS },
      http: { port: 0 },
      triggers: { rules: [{ name: 'welcome', when: [{ atLeast: 1 }] }] },
    });
    const daemon = startProgram(['run', '--config', home.config], home.env);
    const { player } = await daemon.logged('started');
    const { page, complaints } = await openPage(browser, String(player));
    await page.waitForSelector('#stage[data-spot=welcome]', { timeout: 40_000 });
    await page.waitForSelector('#corner[data-known=true]', A_SECOND);
    daemon.kill('SIGKILL');
    // The trigger and the audience were last told of at moments of their own, and each is believed for its ttl.
    await Promise.all([
      page.waitForSelector('#stage[data-spot=default-coffee]', WITHIN_TTL),
      page.waitForSelector('#corner[data-known=false]', WITHIN_TTL),
    ]);
    expect(complaints.filter((words) => !/WebSocket|ERR_CONNECTION/.test(words))).toEqual([]);
  });
});

/** A broker and the page, with the test in the place of the daemon. */
async function rigPage(port = 0) {
  const broker = await startBroker({ port: 0, webSocketPort: 0 });
  const page = {
    folder: PAGE_FOLDER,
    webSocketUrl: broker.webSocketUrl ?? '',
    screen: { site: 'local', screen: 'lobby' },
    triggers: ['party', 'women', 'men', 'welcome'],
  };
  const server = await startHttp({ port, routes: playerRoutes(page) }, { warn: () => undefined });
  const client = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  let closed: Promise<unknown> | null = null;
  const close = () => {
    closed ??= Promise.all([server.close(), broker.close(), client.endAsync(true)]);
    return closed;
  };
  onTestFinished(async () => {
    await close();
  });
  const say = async (topic: string, payload: unknown, retain = false) => {
    await client.publishAsync(`onlooker/v1/local/lobby/${topic}`, JSON.stringify(payload), { qos: 1, retain });
  };
  return { url: `${server.url}/player`, brokerUrl: broker.url, brokerWebSocketUrl: page.webSocketUrl, say, close };
}
