// --show opens a window on a real X server, in which the marked picture can be seen.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { picture } from './analyze-media.ts';

// Each run loads its nets anew.
vi.setConfig({ testTimeout: 180_000 });

const hasXvfb = spawnSync('Xvfb', ['-help']).error === undefined;
const SCREEN = { width: 1024, height: 768 };

it.skipIf(!hasXvfb)('shows the marks, and ends when it is told to (needs Xvfb)', async () => {
  const folder = tempFolder();
  const display = await startXvfb();
  const path = picture(folder, 'party.jpg');
  const run = startProgram(['analyze', path, '--show', '--pack', 'default'], { DISPLAY: display });
  const orange = await eventually(
    () => orangePixels(display),
    (count) => count > 2000,
    60_000,
  );
  expect(orange).toBeGreaterThan(2000);
  run.kill('SIGTERM');
  expect(await run.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('party.jpg: 4 faces') });
  expect(readdirSync(folder)).toEqual(['party.jpg']);
});

it.skipIf(!hasXvfb)('a display that does not answer (needs Xvfb)', async () => {
  const run = startProgram(['analyze', picture(tempFolder(), 'party.jpg'), '--show'], { DISPLAY: ':9999' });
  const { code, stderr } = await run.ended;
  expect(code).toBe(64);
  expect(stderr).toContain('no window could be opened on the display :9999');
});

/** On a display number that Xvfb chooses itself and says on descriptor 3. */
async function startXvfb(): Promise<string> {
  const size = `${SCREEN.width}x${SCREEN.height}x24`;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill('SIGKILL');
  });
  let number = '';
  server.stdio[3]?.on('data', (chunk: Buffer) => {
    number += chunk.toString();
  });
  await eventually(
    () => number.trim(),
    (said) => said !== '' && existsSync(`/tmp/.X11-unix/X${said}`),
    20_000,
  );
  return `:${number.trim()}`;
}

/** Pixels of the color of women's frames and labels on the screen. */
function orangePixels(display: string): number {
  const grab = ['-f', 'x11grab', '-video_size', `${SCREEN.width}x${SCREEN.height}`, '-i', display, '-frames:v', '1'];
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const pixels = execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', ...grab, ...raw], {
    maxBuffer: 16 * 1024 * 1024,
  });
  let count = 0;
  for (let index = 0; index < pixels.length; index += 3) {
    if (pixels[index] === 230 && pixels[index + 1] === 159 && pixels[index + 2] === 0) count += 1;
  }
  return count;
}
