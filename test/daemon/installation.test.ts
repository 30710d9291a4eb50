// Where the state of this host belongs.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addonVersions, databasePath, ownService, stateFolder, version } from '../../src/daemon/installation.ts';

it.each([
  ['the service under systemd', { STATE_DIRECTORY: '/var/lib/onlooker', HOME: '/root' }, '/var/lib/onlooker'],
  ['a user who chose a place', { XDG_STATE_HOME: '/data/state', HOME: '/home/ann' }, '/data/state/onlooker'],
  ['a user', { HOME: '/home/ann' }, '/home/ann/.local/state/onlooker'],
  ['nobody in particular', {}, join(homedir(), '.local/state/onlooker')],
  [
    'variables that are set to nothing',
    { STATE_DIRECTORY: '', XDG_STATE_HOME: '', HOME: '/home/ann' },
    '/home/ann/.local/state/onlooker',
  ],
])('finds the state folder of %s', (_, env, folder) => {
  expect(stateFolder(env)).toBe(folder);
});

it('belongs to the service of the package when it is the package, else to the user', () => {
  const env = { HOME: '/home/ann' };
  expect(ownService(env, '/usr/lib/onlooker/')).toEqual({
    config: '/etc/onlooker/onlooker.yaml',
    state: '/var/lib/onlooker',
  });
  expect(ownService({ ...env, STATE_DIRECTORY: '/data' }, '/usr/lib/onlooker/').state).toBe('/data');
  expect(ownService(env)).toEqual({ config: null, state: '/home/ann/.local/state/onlooker' });
});

it('keeps the database in the state folder', () => {
  expect(databasePath('/var/lib/onlooker')).toBe('/var/lib/onlooker/onlooker.sqlite');
});

it('knows its version', () => {
  expect(version()).toMatch(/^\d+\.\d+\.\d+$/);
});

it('knows the versions of its addons', () => {
  const number = expect.stringMatching(/^\d+\.\d+\.\d+$/);
  expect(addonVersions()).toEqual({ '@u4/opencv4nodejs': number, 'better-sqlite3': number });
});
