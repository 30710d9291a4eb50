// Removes the packages that only compiling needs, and what only those need: prune.mjs FOLDER, which has package.json and node_modules.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Named as dependencies by what they compile. */
const COMPILE_ONLY = ['node-gyp', 'nan', 'prebuild-install'];
const COMPILE_ONLY_SCOPE = '@types/';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '.'] = process.argv.slice(2);
  for (const path of needless(folder)) rmSync(path, { recursive: true, force: true });
}

/**
 * The folders of all packages that nothing which runs asks for.
 * @param {string} folder
 * @returns {string[]}
 */
export function needless(folder) {
  const needed = new Set();
  const found = [folder];
  for (let place = found.pop(); place !== undefined; place = found.pop()) {
    for (const name of asked(place)) {
      const path = resolved(name, place, folder);
      if (path === null || needed.has(path)) continue;
      needed.add(path);
      found.push(path);
    }
  }
  return packagesIn(join(folder, 'node_modules')).filter((path) => !needed.has(path));
}

/** @param {string} place */
function asked(place) {
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(place, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).filter(
    (name) => !COMPILE_ONLY.includes(name) && !name.startsWith(COMPILE_ONLY_SCOPE),
  );
}

/**
 * As Node finds it: in the nearest node_modules above; null where an optional one is not installed.
 * @param {string} name @param {string} from @param {string} root
 * @returns {string | null}
 */
function resolved(name, from, root) {
  const path = join(from, 'node_modules', name);
  if (existsSync(join(path, 'package.json'))) return path;
  return from === root ? null : resolved(name, dirname(from), root);
}

/**
 * @param {string} modules
 * @returns {string[]}
 */
function packagesIn(modules) {
  return readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
    .map((path) => join(modules, dirname(path)));
}
