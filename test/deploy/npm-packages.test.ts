// Tests when npm packages are installed anew, and with which npm.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isInstalled, lastError, lockDifference, npmCommand } from '../../deploy/bootstrap/npm-packages.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
    'node_modules/for-another-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};
const installed = { packages: { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' } } };

describe('the difference to the lock file', () => {
  it('is none when all but optional packages are there', () => {
    expect(lockDifference(wanted, installed, () => true)).toBeNull();
  });

  it('is a package of another version or content, an unlisted one, and a removed folder', () => {
    const other = (entry: object) => ({
      packages: { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a', ...entry } },
    });
    expect(lockDifference(wanted, other({ version: '4.0.1' }), () => true)).toBe('node_modules/zod');
    expect(lockDifference(wanted, other({ integrity: 'sha512-c' }), () => true)).toBe('node_modules/zod');
    expect(lockDifference(wanted, { packages: {} }, () => true)).toBe('node_modules/zod');
    expect(lockDifference(wanted, installed, () => false)).toBe('node_modules/zod');
  });
});

describe('an installation', () => {
  let root = '';
  beforeEach(() => {
    root = tempFolder();
    mkdirSync(join(root, 'node_modules', 'zod'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'zod', 'package.json'), '{}');
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(wanted));
  });

  it('is trusted only with the list that npm writes last', () => {
    expect(isInstalled(root)).toBe(false);
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(installed));
    expect(isInstalled(root)).toBe(true);
  });

  it('with an unreadable list ends in a remedy', () => {
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{');
    expect(() => isInstalled(root)).toThrow(/cannot read .*\.package-lock\.json/);
  });
});

describe('npm', () => {
  it('is the one that started the set-up, else that of the path', () => {
    expect(npmCommand({ npm_execpath: '/lib/npm/bin/npm-cli.js' }, '/bin/node')).toEqual([
      '/bin/node',
      '/lib/npm/bin/npm-cli.js',
    ]);
    expect(npmCommand({ npm_execpath: '/lib/yarn.js' }, '/bin/node')).toEqual(['npm']);
    expect(npmCommand({}, '/bin/node')).toEqual(['npm']);
  });

  it('is quoted with its first sentence when it fails', () => {
    expect(lastError('npm notice x\nnpm error code ENOTFOUND\nnpm error network not reached\n')).toBe(
      ': network not reached',
    );
    expect(lastError('npm ERR! code E404\nnpm ERR! 404 Not Found\n')).toBe(': 404 Not Found');
    expect(lastError('killed')).toBe('');
  });
});
