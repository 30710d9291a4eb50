// The file of the configuration is replaced as a whole or not at all, and what somebody put there is not lost.
import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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
  writeFileSync(path, 'site: shop\nstore:\n  # all of it is at its default\n');
  expect(read()).toMatchObject({ values: { site: 'shop' }, problem: null });
  expect(read().values).not.toHaveProperty('store');
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

it('the service may read it, whatever the umask of root', () => {
  const path = join(tempFolder(), 'onlooker.yaml');
  const umask = process.umask(0o077);
  onTestFinished(() => {
    process.umask(umask);
  });
  replaceConfigFile(readConfigFile(path, null, 'box'), FILES);
  expect((statSync(path).mode & 0o777).toString(8)).toBe('640');
});

it('a link to a link to what is not there yet leads to it, and back when the rest cannot be used', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'data'));
  symlinkSync('data/middle', join(folder, 'onlooker.yaml'));
  symlinkSync('end', join(folder, 'data/middle'));
  symlinkSync('data/secret', join(folder, 'mqtt-password'));
  const path = join(folder, 'onlooker.yaml');
  const passwords = [{ path: join(folder, 'mqtt-password'), password: 's3cret' }];
  const none = readConfigFile(path, null, 'box');
  expect(() => replaceConfigFile(none, { ...FILES, text: 'cite: mall\n', passwords })).toThrow(/did you mean site/);
  expect(readdirSync(join(folder, 'data'))).toEqual(['middle']);
  replaceConfigFile(none, { ...FILES, passwords });
  expect(readFileSync(join(folder, 'data/end'), 'utf8')).toBe('site: mall\n');
  expect(readdirSync(join(folder, 'data')).toSorted()).toEqual(['end', 'middle', 'secret']);
  expect(readdirSync(folder).toSorted()).toEqual(['data', 'mqtt-password', 'onlooker.yaml']);
});

it('one that cannot be used replaces nothing, no password either', () => {
  const folder = tempFolder();
  const path = join(folder, 'onlooker.yaml');
  writeFileSync(path, 'site: shop\n');
  writeFileSync(join(folder, 'mqtt-password'), 'old\n');
  const file = readConfigFile(path, null, 'box');
  const passwords = ['mqtt-password', 'source-password'].map((name) => ({ path: join(folder, name), password: 'new' }));
  expect(() => replaceConfigFile(file, { ...FILES, passwords, text: 'site: ""\n' })).toThrow(
    /The new .*onlooker\.yaml cannot be used:\n {2}site: must begin with/,
  );
  writeFileSync(`${path}.before`, '');
  expect(() => replaceConfigFile(file, { ...FILES, passwords })).toThrow(/cannot be replaced: EEXIST/);
  expect(readFileSync(path, 'utf8')).toBe('site: shop\n');
  expect(readFileSync(join(folder, 'mqtt-password'), 'utf8')).toBe('old\n');
  expect(readdirSync(folder).sort()).toEqual(['mqtt-password', 'onlooker.yaml', 'onlooker.yaml.before']);
});

it.skipIf(process.getuid?.() !== 0)('a file of another user stays theirs', () => {
  const path = join(tempFolder(), 'mine.yaml');
  writeFileSync(path, '');
  chownSync(path, 1234, 1235);
  replaceConfigFile(readConfigFile(path, null, 'box'), FILES);
  expect(statSync(path)).toMatchObject({ uid: 1234, gid: 1235 });
});

it('a link to another disk stays a link', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data/real.yaml'), 'site: shop\nstore:\n  # nothing yet\n');
  const path = join(folder, 'onlooker.yaml');
  symlinkSync('data/real.yaml', path);
  replaceConfigFile(readConfigFile(path, null, 'box'), FILES);
  expect(readFileSync(join(folder, 'data/real.yaml'), 'utf8')).toBe('site: mall\n');
  expect(readdirSync(join(folder, 'data')).sort()).toEqual(['real.yaml', 'real.yaml.before']);
});

it('a place where nothing can be written is told before anything is asked', () => {
  const folder = tempFolder();
  expect(() => readConfigFile(join(folder, 'none/onlooker.yaml'), null, 'box')).toThrow(/There is no folder .*none/);
  expect(() => readConfigFile(folder, null, 'box')).toThrow(/is a folder: name a file/);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
