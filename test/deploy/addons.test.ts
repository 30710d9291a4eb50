// Tests that an addon is compiled only where none is there that loads, and that it is kept for the next checkout.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ensureAddons } from '../../deploy/bootstrap/addons.mjs';
import { opencvVersion } from '../../deploy/bootstrap/debian-packages.mjs';
import type { Context } from '../../deploy/bootstrap/set-up.mjs';
import { NODE, setUpContext, writeHeaders } from '../support/set-up-context.ts';

const BINARIES = {
  '@u4/opencv4nodejs': 'build/Release/opencv4nodejs.node',
  'better-sqlite3': 'build/Release/better_sqlite3.node',
} as const;
type Name = keyof typeof BINARIES;
const NAMES = Object.keys(BINARIES) as readonly Name[];

describe('the addons', () => {
  let context: Context;
  let compiled: Name[] = [];
  let probed: Name[] = [];
  /** What a compiler writes, and what is believed to load. */
  let product = 'good';

  beforeEach(() => {
    compiled = [];
    probed = [];
    product = 'good';
    context = setUpContext((args, { cwd }) => {
      if (args[0] !== '-e') return compile(cwd ?? '');
      const name: Name = args[1]?.includes('better-sqlite3') ? 'better-sqlite3' : '@u4/opencv4nodejs';
      probed.push(name);
      const output = `\nbuilt against ${name === 'better-sqlite3' ? 'nothing' : opencvVersion()}\n`;
      return readFileSync(binaryOf(name), 'utf8') === 'good' ? { status: 0, output } : { status: 139, output: '' };
    });
    writeHeaders(join(context.cache, 'headers', `node-${NODE.version}-${NODE.arch}`), NODE.abi);
    checkOut();
  });

  it('are compiled, tried, and left alone from then on', async () => {
    await ensureAddons(context);
    expect([compiled, probed]).toEqual([NAMES, NAMES]);
    await ensureAddons(context);
    expect([compiled, probed]).toEqual([NAMES, NAMES]);
  });

  it('come from the cache in the next checkout, and are tried there', async () => {
    await ensureAddons(context);
    checkOut();
    await ensureAddons(context);
    expect([compiled, probed]).toEqual([NAMES, [...NAMES, ...NAMES]]);
    expect(NAMES.map((name) => readFileSync(binaryOf(name), 'utf8'))).toEqual(['good', 'good']);
  });

  it('are compiled again where the cached one does not load, which is replaced', async () => {
    await ensureAddons(context);
    const key = `better-sqlite3-1.2.3-node${NODE.abi}-${NODE.arch}`;
    const cached = join(context.cache, 'addons', key, 'addon.node');
    writeFileSync(cached, 'torn');
    checkOut();
    await ensureAddons(context);
    expect(compiled).toEqual([...NAMES, 'better-sqlite3']);
    expect(readFileSync(cached, 'utf8')).toBe('good');
  });

  it('that are there without having been tried are tried first, as after a Ctrl-C', async () => {
    for (const name of NAMES) write(binaryOf(name), 'good');
    await ensureAddons(context);
    expect([compiled, probed]).toEqual([[], NAMES]);
  });

  it('that do not load though compiled are told of with what to do, and never kept', async () => {
    product = 'bad';
    const failure = { remedy: expect.stringMatching(/^remove \/.*\/build and run the same command again/) };
    await expect(ensureAddons(context)).rejects.toMatchObject(failure);
    checkOut();
    product = 'good';
    await ensureAddons(context);
    expect(compiled).toEqual(['@u4/opencv4nodejs', ...NAMES]);
  });

  function checkOut(): void {
    rmSync(context.root, { recursive: true, force: true });
    for (const name of NAMES) write(join(folderOf(name), 'package.json'), '{"version":"1.2.3"}');
  }

  function compile(folder: string): { status: number; output: string } {
    const name = NAMES.find((one) => folder === folderOf(one));
    if (name === undefined) throw new Error(`${folder} is not that of an addon`);
    compiled.push(name);
    write(binaryOf(name), product);
    return { status: 0, output: '' };
  }

  function folderOf(name: Name): string {
    return join(context.root, 'node_modules', name);
  }

  function binaryOf(name: Name): string {
    return join(folderOf(name), BINARIES[name]);
  }
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
