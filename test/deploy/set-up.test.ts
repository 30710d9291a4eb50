// Tests the set-up as its user meets it: what it understands and what it says without apt-get, in real processes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, lockPath } from '../../deploy/bootstrap/locations.mjs';
import { readPurpose } from '../../deploy/bootstrap/set-up.mjs';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';

const bootstrap = fileURLToPath(new URL('../../deploy/bootstrap.mjs', import.meta.url));

describe('the set-up', () => {
  let folder = '';
  beforeEach(() => {
    folder = tempFolder();
    mkdirSync(join(folder, 'bin'));
  });

  function run(args: readonly string[], env: Record<string, string>) {
    return spawnSync(process.execPath, [bootstrap, ...args], {
      env: { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), ...env },
      encoding: 'utf8',
    });
  }

  it('names the packages and stops where there is no apt-get', () => {
    const { status, stdout, stderr } = run(['--for', 'test'], {});
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/no apt-get .*Debian 12 and 13/);
    expect(stderr).toMatch(/to fix it: install what Debian calls libopencv-dev .* mosquitto /);
    expect(readdirSync(join(folder, 'cache', 'onlooker', 'locks'))).toEqual([]);
  });

  it('prints the line to try by hand when apt-get fails', () => {
    writeFileSync(join(folder, 'bin', 'sh'), '#!/bin/sh\nexit 100\n', { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'apt-get'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'sudo'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
    const { status, stderr } = run([], {});
    expect(status).toBe(1);
    expect(stderr).toMatch(/to fix it: sudo apt-get update && sudo apt-get install -y/);
    expect(stderr).toMatch(/full log: .*bootstrap-.*\.log/);
  });

  it('stops at Ctrl-C with what is under way, says so, and keeps no lock', async () => {
    const begun = join(folder, 'begun');
    writeFileSync(join(folder, 'bin', 'sh'), `#!/bin/sh\n: > ${begun}\nexec /bin/sleep 60\n`, { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'apt-get'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'sudo'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
    const setUp = spawn(process.execPath, [bootstrap], {
      env: { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') },
      // A group of its own, for that is what a terminal sends the signal to.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = text(setUp.stderr);
    const ended = once(setUp, 'exit');
    await eventually(() => existsSync(begun), Boolean);
    process.kill(-(setUp.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([130, null]);
    // The end of the stream shows that nobody is left who could write to it.
    expect(await said).toMatch(/set-up stopped; the next run goes on from what was finished\n$/);
    expect(readdirSync(join(folder, 'cache', 'onlooker', 'locks'))).toEqual([]);
  });

  it('tells an older Node in one line, before anything else', () => {
    const pretend = `Object.defineProperty(process, 'version', { value: 'v18.19.0' })`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(pretend)}`;
    const { status, stdout, stderr } = run([], { NODE_OPTIONS });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.*v18\.19\.0.*apt-get install nodejs npm.*\n$/);
  });

  it('answers a wrong option with its usage', () => {
    const { status, stderr } = run(['--for', 'fun'], {});
    expect(status).toBe(64);
    expect(stderr).toContain('node deploy/bootstrap.mjs [--for demo|test|run]');
  });

  it('names the way out when the cache cannot be written', () => {
    writeFileSync(join(folder, 'cache'), 'a file');
    const { status, stderr } = run([], {});
    expect(status).toBe(1);
    expect(stderr).toContain('set XDG_CACHE_HOME to a folder that may be written');
  });
});

it('prepares for running unless told otherwise', () => {
  expect(readPurpose([])).toBe('run');
  expect(readPurpose(['--for', 'demo'])).toBe('demo');
  expect(readPurpose(['--for=test'])).toBe('test');
  expect(() => readPurpose(['--for'])).toThrow('cannot understand "--for"');
  expect(() => readPurpose(['demo'])).toThrow('cannot understand "demo"');
});

it('keeps what outlives the checkout in the cache of the user', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/onlooker');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/^\/.*\.cache\/onlooker$/);
  expect(lockPath('/c', '/a')).not.toBe(lockPath('/c', '/b'));
});
