// Where this installation keeps what it comes with, and where the host wants the state to be.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the package has the configuration, and its service reads it. */
export const INSTALLED_CONFIG = '/etc/onlooker/onlooker.yaml';
const INSTALLED_STATE = '/var/lib/onlooker';
const INSTALLED_ROOT = '/usr/lib/onlooker/';
/** What is typed to run this program: a checkout is not on the PATH. */
export const PROGRAM = ROOT === INSTALLED_ROOT ? 'onlooker' : 'npx onlooker';
export const MANIFEST_PATH = join(ROOT, 'models/manifest.json');
export const SCENARIOS = join(ROOT, 'deploy/scenarios');
export const NET_DEFINITIONS = join(ROOT, 'models/definitions');
/** The build puts it there, wherever this file itself runs. */
export const PLAYER_PAGE = join(ROOT, 'dist/player/page');

export function version(): string {
  return versionIn(ROOT);
}

/** Of the npm packages that are compiled, by their names. */
export function addonVersions(): Readonly<Record<string, string>> {
  const names = ['@u4/opencv4nodejs', 'better-sqlite3'];
  return Object.fromEntries(names.map((name) => [name, versionIn(join(ROOT, 'node_modules', name))]));
}

function versionIn(folder: string): string {
  const path = join(folder, 'package.json');
  const description: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  return description instanceof Object && 'version' in description ? String(description.version) : 'unknown';
}

/** systemd's state directory for a service, else the user's (XDG Base Directory Specification). */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  // A variable that is empty counts as not set.
  return (
    env['STATE_DIRECTORY'] || join(env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local/state'), 'onlooker')
  );
}

/** The service to look at when none is named: that of the package for the package's own program, else the user's. */
export function ownService(env: NodeJS.ProcessEnv, root = ROOT): Readonly<{ config: string | null; state: string }> {
  if (root !== INSTALLED_ROOT) return { config: null, state: stateFolder(env) };
  return { config: INSTALLED_CONFIG, state: env['STATE_DIRECTORY'] || INSTALLED_STATE };
}

export function databasePath(folder: string): string {
  return join(folder, 'onlooker.sqlite');
}
