// Installs the npm packages of the lock file when what is there is not what it says.
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { SetUpFailure } from './failure.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} LockFile
 */

/** @param {import('./set-up.mjs').Context} context */
export async function ensureNpmPackages(context) {
  const { root, report } = context;
  if (isInstalled(root)) return;
  const task = report.begin('installing npm packages (about a minute)');
  // Without scripts: they would fetch prebuilt binaries and headers, or build OpenCV.
  const options = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=notice'];
  const { status, output } = await runNpm(context, ['ci', ...options]).finally(() => task.end());
  if (status !== 0) {
    throw new SetUpFailure(
      `npm ci failed (exit ${status})${lastError(output)}`,
      'check that `npm ping` reaches the registry and that the disk has room, then run the same command again',
    );
  }
}

/**
 * npm writes its own copy of the lock file last, so a half-done installation has none.
 * @param {string} root
 */
export function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return (
    lockDifference(readLock(join(root, 'package-lock.json')), readLock(installed), (path) =>
      existsSync(join(root, path, 'package.json')),
    ) === null
  );
}

/**
 * @param {LockFile} wanted
 * @param {LockFile} installed
 * @param {(path: string) => boolean} isThere
 * @returns {string | null} the first package that is not as wanted
 */
export function lockDifference(wanted, installed, isThere) {
  const differing = Object.entries(wanted.packages).find(([path, entry]) => {
    // The empty path is the project itself; packages for other platforms are optional and left out.
    if (path === '') return false;
    const found = installed.packages[path];
    if (found === undefined) return entry.optional !== true;
    return found.version !== entry.version || found.integrity !== entry.integrity || !isThere(path);
  });
  return differing === undefined ? null : differing[0];
}

/**
 * @param {import('./set-up.mjs').Context} context
 * @param {readonly string[]} args
 */
export function runNpm({ root, env, programs }, args) {
  const [command, ...before] = npmCommand(env, process.execPath);
  const path = [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter);
  return programs.run(command, [...before, ...args], { cwd: root, env: { ...env, PATH: path } });
}

/**
 * The npm that started this, if one did, with the Node that runs this.
 * @param {Record<string, string | undefined>} env
 * @param {string} execPath
 * @returns {[string, ...string[]]}
 */
export function npmCommand(env, execPath) {
  const running = env['npm_execpath'];
  return running !== undefined && basename(running) === 'npm-cli.js' ? [execPath, running] : ['npm'];
}

/** @param {string} output */
export function lastError(output) {
  const line = output
    .split('\n')
    .find((candidate) => /^npm (ERR!|error)/.test(candidate) && !/code E?\w*$/.test(candidate));
  return line === undefined ? '' : `: ${line.replace(/^npm (ERR!|error)\s*/, '')}`;
}

/** @param {string} path @returns {LockFile} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SetUpFailure(
      `cannot read ${path}`,
      'restore it with `git checkout package-lock.json`, or remove node_modules',
      {
        cause,
      },
    );
  }
}
