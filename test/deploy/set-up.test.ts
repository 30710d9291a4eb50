// Tests the set-up as its user meets it: what it understands and what it says without apt-get, in real processes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, lockPath } from '../../deploy/bootstrap/locations.mjs';
import { readPurpose } from '../../deploy/bootstrap/set-up.mjs';
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
