// Says where the set-up keeps what outlives a checkout: built addons, headers, logs, locks.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 */
export function cacheFolder(env) {
  const stated = env['XDG_CACHE_HOME'];
  // The XDG base directory specification: relative paths are invalid and to be ignored.
  const base = stated !== undefined && isAbsolute(stated) ? stated : join(homedir(), '.cache');
  return join(base, 'onlooker');
}

/**
 * @param {string} cache
 * @param {string} root the checkout
 */
export function lockPath(cache, root) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cache, 'locks', `${name}.lock`);
}
