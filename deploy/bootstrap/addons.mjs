// Provides the two native addons: verified ones are left alone, cached ones are restored, the rest is compiled.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addonKey, dropAddon, restoreAddon, storeAddon } from './addon-cache.mjs';
import { compileAddon } from './compile-addon.mjs';
import { opencvVersion } from './debian-packages.mjs';
import { SetUpFailure } from './failure.mjs';

/**
 * @typedef {object} Addon
 * @property {string} package
 * @property {string} binary
 * @property {string} takes compiling on two cores, measured
 * @property {boolean} usesOpencv
 * @property {string} probe JavaScript that loads and uses it, and ends by printing what it was built against
 */

/** @type {readonly Addon[]} */
const ADDONS = [
  {
    package: '@u4/opencv4nodejs',
    binary: 'build/Release/opencv4nodejs.node',
    takes: 'about 5 minutes on two cores',
    usesOpencv: true,
    probe: `
      const { createRequire } = require('node:module');
      const path = require.resolve('@u4/opencv4nodejs');
      createRequire(path)('@u4/opencv-build').Log.silence = true;
      const cv = require(path);
      if (new cv.Mat(2, 3, cv.CV_8UC1, 7).at(1, 2) !== 7) throw new Error('a matrix does not hold what was put in');
      console.log('\\nbuilt against ' + [cv.version.major, cv.version.minor, cv.version.revision].join('.'));`,
  },
  {
    package: 'better-sqlite3',
    binary: 'build/Release/better_sqlite3.node',
    takes: 'about 2 minutes',
    usesOpencv: false,
    probe: `
      const db = new (require('better-sqlite3'))(':memory:');
      if (db.prepare('select 6 * 7').pluck().get() !== 42) throw new Error('a query gives a wrong answer');
      console.log('\\nbuilt against nothing');`,
  },
];

/** @param {import('./set-up.mjs').Context} context */
export async function ensureAddons(context) {
  const opencv = opencvVersion();
  for (const addon of ADDONS) await ensureAddon(context, addon, addon.usesOpencv ? opencv : null);
}

/**
 * @param {import('./set-up.mjs').Context} context
 * @param {Addon} addon
 * @param {string | null} opencv
 */
async function ensureAddon(context, addon, opencv) {
  const { root, cache, node, log } = context;
  const folder = join(root, 'node_modules', addon.package);
  const binary = join(folder, addon.binary);
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  const key = addonKey({ package: addon.package, version, abi: node.abi, arch: node.arch, opencv });
  if (isVerified(binary, key)) return;
  const works = () => loads(context, addon, opencv);

  if (existsSync(binary) && (await works())) return keep(context, binary, key);
  if (restoreAddon(cache, key, binary)) {
    if (await works()) return markVerified(binary, key);
    log.write(`the cached ${key} does not load: compiling it again\n`);
    dropAddon(cache, key);
  }
  await compileAddon(context, { name: addon.package, takes: addon.takes, folder, opencv });
  if (await works()) return keep(context, binary, key);
  throw new SetUpFailure(
    `${addon.package} was compiled and does not load`,
    `remove ${folder}/build and run the same command again; the log has what the loader said`,
  );
}

/** @param {import('./set-up.mjs').Context} context @param {string} binary @param {string} key */
function keep({ cache }, binary, key) {
  storeAddon(cache, key, binary);
  markVerified(binary, key);
}

/**
 * In a process of its own, since a wrong addon can crash.
 * @param {import('./set-up.mjs').Context} context
 * @param {Addon} addon
 * @param {string | null} opencv
 */
async function loads({ root, env, programs }, addon, opencv) {
  const { status, output } = await programs.run(process.execPath, ['-e', addon.probe], {
    cwd: root,
    env: { ...env, OPENCV4NODEJS_DISABLE_AUTOBUILD: '1' },
  });
  const against = output.match(/^built against (\S+)$/m)?.[1];
  return status === 0 && (opencv === null ? against !== undefined : against === opencv);
}

/**
 * Loading OpenCV takes a second, comparing with what was verified does not.
 * @param {string} binary
 * @param {string} key
 */
export function isVerified(binary, key) {
  const mark = markPath(binary);
  return existsSync(binary) && existsSync(mark) && readFileSync(mark, 'utf8') === identity(binary, key);
}

/** @param {string} binary @param {string} key */
export function markVerified(binary, key) {
  // What the compiler left beside it is of no more use.
  rmSync(join(dirname(binary), 'obj.target'), { recursive: true, force: true });
  writeFileSync(markPath(binary), identity(binary, key));
}

/** @param {string} binary */
function markPath(binary) {
  return `${binary}.verified`;
}

/** @param {string} binary @param {string} key */
function identity(binary, key) {
  const { size, mtimeMs } = statSync(binary);
  return `${key} ${size} ${mtimeMs}\n`;
}
