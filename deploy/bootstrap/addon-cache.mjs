// Keeps built addons outside the checkout, so that the next one need not compile them again.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Everything that decides whether a built addon fits.
 * @param {{ package: string, version: string, abi: string, arch: string, opencv: string | null }} built
 */
export function addonKey({ package: name, version, abi, arch, opencv }) {
  const against = opencv === null ? '' : `-opencv${opencv}`;
  return `${name.replaceAll('/', '+')}-${version}-node${abi}-${arch}${against}`;
}

/**
 * @param {string} cache @param {string} key @param {string} binary
 */
export function storeAddon(cache, key, binary) {
  replaceFile(binary, cachedPath(cache, key));
}

/**
 * @param {string} cache @param {string} key @param {string} binary
 * @returns {boolean} whether there was one
 */
export function restoreAddon(cache, key, binary) {
  const cached = cachedPath(cache, key);
  if (!existsSync(cached)) return false;
  replaceFile(cached, binary);
  return true;
}

/** @param {string} cache @param {string} key */
export function dropAddon(cache, key) {
  rmSync(cachedPath(cache, key), { force: true });
}

/** @param {string} cache @param {string} key */
function cachedPath(cache, key) {
  return join(cache, 'addons', key, 'addon.node');
}

/** A new file under the old name: a process that has loaded the old one keeps it. @param {string} from @param {string} to */
function replaceFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const draft = `${to}.${process.pid}`;
  try {
    copyFileSync(from, draft);
    renameSync(draft, to);
  } finally {
    rmSync(draft, { force: true });
  }
}
