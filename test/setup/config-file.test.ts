// The file of the configuration is replaced as a whole or not at all, and what somebody put there is not lost.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfigFile, replaceConfigFile } from '../../src/setup/config-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FILES = { text: 'site: mall\n', passwords: [], hostname: 'box', group: null, stamp: 'before' };

it('there is none, an empty one, one of the package, one that was changed', () => {
  const path = join(tempFolder(), 'onlooker.yaml');
  const read = (digest: string | null = null) => readConfigFile(path, digest, 'box');
  expect(read()).toMatchObject({ text: null, isChanged: false, values: {} });
  writeFileSync(path, '# nothing\n');
  expect(read()).toMatchObject({ isChanged: false, values: {} });
  const text = 'site: shop\n';
  writeFileSync(path, text);
  expect(read(createHash('md5').update(text).digest('hex'))).toMatchObject({ isChanged: false });
  expect(read('another')).toMatchObject({ isChanged: true, values: { site: 'shop' }, problem: null });
  writeFileSync(path, 'cite: shop\n');
  expect(read()).toMatchObject({ isChanged: true, values: {}, problem: expect.stringContaining('did you mean site?') });
});

it('the new one has its mode, the old one is kept beside it, and nothing else is left', () => {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.yaml');
  writeFileSync(path, 'site: shop\n');
  const password = { path: join(folder, 'mqtt-password'), password: 's3cret' };
  const copy = replaceConfigFile(readConfigFile(path, null, 'box'), { ...FILES, passwords: [password] });
  expect(copy).toBe(`${path}.before`);
  expect(readFileSync(path, 'utf8')).toBe('site: mall\n');
  expect(readFileSync(`${path}.before`, 'utf8')).toBe('site: shop\n');
  expect([path, password.path].map((one) => (statSync(one).mode & 0o777).toString(8))).toEqual(['640', '600']);
  expect(readdirSync(folder).sort()).toEqual(['mqtt-password', 'onlooker.yaml', 'onlooker.yaml.before']);
});

it('one that cannot be used replaces nothing', () => {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.yaml');
  writeFileSync(path, 'site: shop\n');
  const file = readConfigFile(path, null, 'box');
  expect(() => replaceConfigFile(file, { ...FILES, text: 'site: ""\n' })).toThrow(
    /The new .*onlooker\.yaml cannot be used:\n {2}site: must begin with/,
  );
  expect(readFileSync(path, 'utf8')).toBe('site: shop\n');
  expect(readdirSync(folder)).toEqual(['onlooker.yaml']);
});

it('a link to another disk stays a link', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data/real.yaml'), '');
  const path = join(folder, 'onlooker.yaml');
  symlinkSync('data/real.yaml', path);
  replaceConfigFile(readConfigFile(path, null, 'box'), FILES);
  expect(readFileSync(join(folder, 'data/real.yaml'), 'utf8')).toBe('site: mall\n');
});

it('a place where nothing can be written is told before anything is asked', () => {
  const folder = tempFolder();
  expect(() => readConfigFile(join(folder, 'none/onlooker.yaml'), null, 'box')).toThrow(/There is no folder .*none/);
  expect(() => readConfigFile(folder, null, 'box')).toThrow(/is a folder: name a file/);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
