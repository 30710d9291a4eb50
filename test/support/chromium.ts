// Looks at pages with Debian's Chromium, which needs no display for that.
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const PROGRAM = '/usr/bin/chromium';

/** Use it as `describe.skipIf(noChromium)`: it comes with the Debian package chromium. */
export const noChromium = !existsSync(PROGRAM);

export type OpenPage = Readonly<{
  page: Page;
  /** What the page complained of: errors, and whatever its policy forbade. */
  complaints: readonly string[];
}>;

/** Close it when the tests are over. */
export function launchChromium(): Promise<Browser> {
  // Chromium's sandbox does not work for root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: PROGRAM, args });
}

/** A small page: it is drawn without a graphics card. */
export async function openPage(browser: Browser, url: string): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(url);
  return { page, complaints };
}
