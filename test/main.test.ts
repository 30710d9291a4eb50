// The program: hands the exit code on, is the only place that exits, and tells an older Node what is needed.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { version } from '../src/daemon/installation.ts';
import { openStore } from './sqlite/store-rig.ts';
import { MAIN, runProgram } from './support/program.ts';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));

it('exits with the code of the command', async () => {
  expect(await runProgram(['--version'])).toMatchObject({ code: 0, stdout: `${version()}\n`, stderr: '' });
  expect(await runProgram(['nonsense'])).toMatchObject({ code: 64, stdout: '' });
});

it('ends well when nobody reads what it prints any more, as head does', () => {
  const line = 'set -o pipefail; "$@" | true';
  const args = ['-c', line, 'bash', process.execPath, MAIN, 'simulate', 'family', '--for', '20s', '--speed', 'max'];
  expect(spawnSync('bash', args, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

it('hands all of it on to a reader that takes it piece by piece', () => {
  const { path, closeAll } = openStore();
  closeAll(0, 60 * 24 * 3);
  const range = ['--from', '1970-01-01T00:00Z', '--to', '1975-01-01T00:00Z', '--json'];
  const args = ['-c', '"$@" | cat', 'sh', process.execPath, MAIN, 'stats', '--state', dirname(path), ...range];
  const { stdout } = spawnSync('sh', args, { encoding: 'utf8', maxBuffer: 10_000_000 });
  // What a pipe holds at once.
  expect(stdout.length).toBeGreaterThan(2 * 65_536);
  expect(JSON.parse(stdout)).toMatchObject({ step: 'day', uptimeSeconds: 3 * 86_400 });
});

it.each(['--version', 'stats --help', 'models list'])('tells that the output of %s cannot be written', (command) => {
  const args = ['-c', '"$@" > /dev/full', 'sh', process.execPath, MAIN, ...command.split(' ')];
  const { status, stderr } = spawnSync('sh', args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 74,
    stderr: 'onlooker: the output cannot be written: ENOSPC: no space left on device, write\n',
  });
});

it.each(['18.19.0', '20.18.3'])('tells Node %s in one line what is needed, and exits 78', async (older) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${older}' } })`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(pretend)}`;
  expect(await runProgram(['--version'], { NODE_OPTIONS })).toMatchObject({
    code: 78,
    stdout: '',
    stderr: `Onlooker needs Node 20.19 or newer, this is ${older}: install the nodejs package of Debian 13, or Node 24.\n`,
  });
});

it('is the only place that exits, but for the programs of their own: sensor, still and the one for photographs', () => {
  const exiting = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /process\.exit\(/.test(readFileSync(join(SOURCES, path), 'utf8')));
  expect(exiting.sort()).toEqual(['capture/raspistill/main.ts', 'main.ts', 'sensor/main.ts', 'still/main.ts']);
});
