// Tests that built addons are kept under everything that decides whether they fit, and come back whole.
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addonKey, dropAddon, restoreAddon, storeAddon } from '../../deploy/bootstrap/addon-cache.mjs';
import { isVerified, markVerified } from '../../deploy/bootstrap/addons.mjs';
import { tempFolder } from '../support/temp-folder.ts';

describe('the key of a built addon', () => {
  const built = { package: '@u4/opencv4nodejs', version: '7.1.2', abi: '115', arch: 'x64', opencv: '4.6.0' };

  it('is a readable folder name', () => {
    expect(addonKey(built)).toBe('@u4+opencv4nodejs-7.1.2-node115-x64-opencv4.6.0');
    expect(addonKey({ ...built, package: 'better-sqlite3', opencv: null })).toBe('better-sqlite3-7.1.2-node115-x64');
  });

  it('changes with each part', () => {
    const others = [{ version: '7.1.3' }, { abi: '137' }, { arch: 'arm64' }, { opencv: '4.10.0' }];
    const keys = [built, ...others.map((other) => ({ ...built, ...other }))].map(addonKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a built addon', () => {
  let folder = '';
  let cache = '';
  let binary = '';
  beforeEach(() => {
    folder = tempFolder();
    cache = join(folder, 'cache');
    binary = join(folder, 'checkout', 'build', 'Release', 'addon.node');
    mkdirSync(dirname(binary), { recursive: true });
    writeFileSync(binary, 'machine code');
  });

  it('comes back from the cache into a checkout that has none', () => {
    storeAddon(cache, 'key', binary);
    rmSync(join(folder, 'checkout'), { recursive: true });
    expect(restoreAddon(cache, 'other', binary)).toBe(false);
    expect(restoreAddon(cache, 'key', binary)).toBe(true);
    expect(readFileSync(binary, 'utf8')).toBe('machine code');
    expect(readdirSync(dirname(binary))).toEqual(['addon.node']);
  });

  it('is not restored any more once it was dropped', () => {
    storeAddon(cache, 'key', binary);
    dropAddon(cache, 'key');
    expect(restoreAddon(cache, 'key', binary)).toBe(false);
  });

  it('stays verified until it or what it was built against changes', () => {
    expect(isVerified(binary, 'key')).toBe(false);
    markVerified(binary, 'key');
    expect(isVerified(binary, 'key')).toBe(true);
    expect(isVerified(binary, 'other key')).toBe(false);
    utimesSync(binary, 1, 1);
    expect(isVerified(binary, 'key')).toBe(false);
  });
});
