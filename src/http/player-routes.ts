// What is served of the player's page: a fixed list of files, and what the page has to know of this daemon.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Screen } from '../contract/topics.ts';
import type { Answer, Routes } from './server.ts';

export type PlayerPage = Readonly<{
  /** Where the build has put the page. */
  folder: string;
  /** Of the broker, for browsers. */
  webSocketUrl: string;
  screen: Screen;
  /** Names of the triggers, as configured. */
  triggers: readonly string[];
}>;

/** As in the HTML of the page. */
const FILES = [
  ['/player', 'index.html', 'text/html; charset=utf-8'],
  ['/player/page.css', 'page.css', 'text/css; charset=utf-8'],
  ['/player/main.js', 'main.js', 'text/javascript; charset=utf-8'],
] as const;

export function playerRoutes({ folder, webSocketUrl, screen, triggers }: PlayerPage): Routes {
  const { site, screen: name } = screen;
  const settings = JSON.stringify({ url: webSocketUrl, site, screen: name, triggers });
  const policy = [
    "default-src 'none'; script-src 'self'; style-src 'self'",
    `connect-src 'self' ${webSocketUrl}`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; ');
  const headers = { 'content-security-policy': policy };
  return new Map([
    ...FILES.map(([path, file, type]) => [path, () => fileAnswer(join(folder, file), type, headers)] as const),
    [
      '/player/settings.json',
      () => Promise.resolve({ status: 200, type: 'application/json', body: settings, headers }),
    ],
  ]);
}

async function fileAnswer(path: string, type: string, headers: Answer['headers']): Promise<Answer> {
  try {
    return { status: 200, type, body: await readFile(path), headers };
  } catch {
    // Only a checkout without a build lacks it.
    const body = `${path} is missing: npm run build makes it.\n`;
    return { status: 503, type: 'text/plain; charset=utf-8', body, headers };
  }
}
