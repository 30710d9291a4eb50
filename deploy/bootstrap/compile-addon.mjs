// Compiles one native addon with node-gyp, telling how far it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpFailure } from './failure.mjs';
import { ensureHeaders } from './headers.mjs';

/** The largest compiler process of OpenCV's binding needs about 0.7 GB. */
const BYTES_PER_JOB = 0.7e9;

/** Comes before all other includes, so that its version of node::ObjectWrap is the one. */
const OBJECT_WRAP = fileURLToPath(new URL('object-wrap.h', import.meta.url));

/**
 * @param {import('./set-up.mjs').Context} context
 * @param {{ name: string, takes: string, folder: string, opencv: string | null }} addon
 */
export async function compileAddon(context, { name, takes, folder, opencv }) {
  const { root, env, node, programs, report } = context;
  const headers = await ensureHeaders(context);
  const against = opencv === null ? '' : ` and OpenCV ${opencv}`;
  const task = report.begin(
    `compiling ${name} for Node ${node.version}${against}: ${takes}, only once on this machine`,
  );
  let compiled = 0;
  let total = 0;
  const onLine = (/** @type {string} */ line) => {
    if (!/^\s+(CC|CXX)\(target\)/.test(line)) return;
    if (compiled === 0) total = countObjects(join(folder, 'build'));
    compiled += 1;
    task.update(`file ${compiled} of ${total}`);
  };
  const nodeGyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const { status, output } = await programs
    .run(process.execPath, [nodeGyp, 'rebuild', `--nodedir=${headers}`], {
      cwd: folder,
      env: compileEnv(env, { execPath: process.execPath, arch: node.arch }),
      onLine,
    })
    .finally(() => task.end());
  if (status === 0) return;
  const error = output.split('\n').find((line) => /\berror\b[: ]/i.test(line) && !line.startsWith('gyp'));
  throw new SetUpFailure(
    `compiling ${name} failed (exit ${status})${error === undefined ? '' : `: ${error.trim()}`}`,
    'see the log; a compiler that was "Killed" ran out of memory: close other programs or add swap, then run the same command again',
  );
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {{ execPath: string, arch: string }} node
 * @returns {Record<string, string | undefined>}
 */
export function compileEnv(env, { execPath, arch }) {
  // npm's settings (nodedir, target, arch, runtime, disturl …) silently beat the options of node-gyp.
  const kept = Object.entries(env).filter(([name]) => !/^npm_/i.test(name));
  const triplet = arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return {
    // The addon takes the first of /usr/lib/*-linux-gnu, which can be that of a cross compiler.
    OPENCV_LIB_DIR: `/usr/lib/${triplet}`,
    OPENCV_INCLUDE_DIR: '/usr/include/opencv4',
    ...Object.fromEntries(kept),
    // binding.gyp calls a bare `node`.
    PATH: [dirname(execPath), env['PATH'] ?? ''].join(delimiter),
    CXXFLAGS: `-include "${OBJECT_WRAP}" ${env['CXXFLAGS'] ?? ''}`.trim(),
    OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
    JOBS: String(compileJobs(availableParallelism(), totalmem())),
  };
}

/** @param {number} cores @param {number} memoryBytes */
export function compileJobs(cores, memoryBytes) {
  return Math.max(1, Math.min(cores, Math.floor(memoryBytes / BYTES_PER_JOB)));
}

/**
 * The generated makefiles list every object file.
 * @param {string} folder
 */
export function countObjects(folder) {
  if (!existsSync(folder)) return 0;
  const makefiles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.target.mk'),
  );
  return makefiles
    .map((name) => readFileSync(join(folder, name), 'utf8').match(/^\t\$\(obj\)\.target\/.*\.o(?=\s|$)/gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}
