// A pull that is killed leaves nothing under the name of the model, and the next one goes on where it was.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { fileProblem } from '../../../src/models/file-check.ts';
import { partialSize } from '../../../src/models/place.ts';
import { fetchFile } from '../../../src/models/pull/fetch-file.ts';
import { openWeb } from '../../../src/models/pull/web.ts';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { describedFile, modelBytes } from './model-file.ts';
import { modelServer, serving, stallingAfter } from './model-server.ts';

const HOOKS = fileURLToPath(new URL('../../support/typescript-hooks.mjs', import.meta.url));
const CHILD = fileURLToPath(new URL('./fetching-child.ts', import.meta.url));
const CONTENT = modelBytes(5_000_000);

it('by SIGKILL in the middle', async () => {
  const path = join(tempFolder(), 'net.caffemodel');
  const half = 2_500_000;
  const answers = [stallingAfter(half, CONTENT), serving(CONTENT)];
  const { origin, requests } = await modelServer({ '/net': (...exchange) => answers.shift()?.(...exchange) });
  const file = { ...describedFile('net.caffemodel', CONTENT), urls: [`${origin}/net`] };
  const child = spawn(process.execPath, ['--import', HOOKS, CHILD, path, JSON.stringify(file)], { stdio: 'inherit' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await eventually(
    () => partialSize(path),
    (size) => size === half,
    50_000,
  );
  child.kill('SIGKILL');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect(existsSync(path)).toBe(false);

  const web = openWeb(30_000);
  onTestFinished(() => web.close());
  const received: number[] = [];
  const onReceived = (bytes: number) => received.push(bytes);
  await fetchFile(file, path, { web, onReceived, onTrouble: () => undefined });
  expect(fileProblem(path, file)).toBeNull();
  expect(requests).toEqual(['/net', `/net bytes=${half}-`]);
  expect(received[0]).toBeGreaterThan(half);
  expect(readdirSync(join(path, '..'))).toEqual(['net.caffemodel']);
});
