// What is common to all programs: their secret reaches them alone, and of what they say the end is kept.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { dyingWithUs, lastWords, spawnToRead } from '../../src/capture/child-program.ts';
import { readableOf } from '../support/processes.ts';

it('a program is sent the signal of its choice when we die', () => {
  expect(dyingWithUs('ffmpeg', ['-i', 'x'])).toEqual(['setpriv', ['--pdeathsig', 'KILL', 'ffmpeg', '-i', 'x']]);
  expect(dyingWithUs('sh', [], 'TERM')).toEqual(['setpriv', ['--pdeathsig', 'TERM', 'sh']]);
});

it('a secret of any length comes through descriptor 3, and through nothing that others can read', async () => {
  const secret = `${'s3cret '.repeat(50_000)}\n`;
  const child = spawnToRead(['sh', ['-c', 'echo; cat <&3']], secret, {});
  await once(child.stdout, 'readable');
  expect(readableOf(child.pid ?? 0)).toContain('cat <&3');
  expect(readableOf(child.pid ?? 0)).not.toContain('s3cret');
  expect(await text(child.stdout)).toBe(`\n${secret}`);
});

it('one without a secret finds nothing there', async () => {
  const child = spawnToRead(['sh', ['-c', 'cat <&3; echo over']], null, {});
  expect(await text(child.stdout)).toBe('over\n');
});

it('one that ends before it has read its secret does no harm', async () => {
  const child = spawnToRead(['true', []], 's3cret '.repeat(50_000), {});
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
});

it('the end is what was said last, in whole lines, however much was said', () => {
  const said = Array.from({ length: 1000 }, (_, line) => Buffer.from(`complaint ${line}\n`)).reduce(lastWords, '');
  expect(said.endsWith('complaint 998\ncomplaint 999\n')).toBe(true);
  expect(said).toMatch(/^complaint \d+\n/);
  expect(said.length).toBeGreaterThan(1900);
  expect(said.length).toBeLessThanOrEqual(2000);
});
