// Makes a checkout ready, one step after the other; what is done already is left alone.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureAddons } from './addons.mjs';
import { ensureBuild } from './build-sources.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';
import { failureText, Interrupted, SetUpFailure } from './failure.mjs';
import { cacheFolder, lockPath } from './locations.mjs';
import { withLock } from './lock.mjs';
import { Log } from './log.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { ensureModels } from './prepare-models.mjs';
import { Programs } from './programs.mjs';
import { duration, Report } from './report.mjs';

/**
 * @typedef {object} Context what the steps work with
 * @property {string} root the checkout
 * @property {import('./debian-packages.mjs').Purpose} purpose
 * @property {string} cache
 * @property {Record<string, string | undefined>} env
 * @property {{ version: string, abi: string, arch: string }} node
 * @property {boolean} isTerminal whether a password can be asked for
 * @property {Log} log
 * @property {Report} report
 * @property {Programs} programs
 */

const USAGE = 'node deploy/bootstrap.mjs [--for demo|test|run]';
const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** @param {readonly string[]} args */
export async function setUp(args) {
  const startedAt = performance.now();
  const cache = cacheFolder(process.env);
  const log = new Log(join(cache, 'logs'), new Date(), process.pid);
  const report = new Report(process.stderr, () => performance.now());
  const programs = new Programs(log);
  const stopping = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      programs.stop(signal);
      stopping.abort(new Interrupted(signal));
    });
  }
  try {
    /** @type {Context} */
    const context = {
      root: fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, ''),
      purpose: readPurpose(args),
      cache,
      env: process.env,
      node: { version: process.versions.node, abi: process.versions.modules, arch: process.arch },
      isTerminal: process.stdin.isTTY === true,
      log,
      report,
      programs,
    };
    ensureWritable(cache);
    const onWait = (/** @type {string} */ pid) =>
      report.say(`waiting for another set-up of this checkout (process ${pid})`);
    await withLock(lockPath(cache, context.root), { onWait, signal: stopping.signal }, () => runSteps(context));
    if (report.hasSpoken) report.say(`set up in ${duration(performance.now() - startedAt)}`);
    else log.discard();
    process.exitCode = 0;
  } catch (error) {
    process.exitCode = tell(error, { report, log });
  } finally {
    log.close();
  }
}

/** @param {Context} context */
async function runSteps(context) {
  await ensureDebianPackages(context);
  await ensureNpmPackages(context);
  await ensureAddons(context);
  await ensureBuild(context);
  await ensureModels(context);
}

/**
 * @param {readonly string[]} args
 * @returns {import('./debian-packages.mjs').Purpose}
 */
export function readPurpose(args) {
  const stated =
    args.length === 0
      ? 'run'
      : args[0] === '--for' && args.length === 2
        ? args[1]
        : args[0]?.match(/^--for=(.*)$/)?.[1];
  if (stated === 'demo' || stated === 'test' || stated === 'run') return stated;
  throw new SetUpFailure(`cannot understand "${args.join(' ')}"`, USAGE, { exitCode: 64 });
}

/** @param {string} cache */
function ensureWritable(cache) {
  try {
    mkdirSync(join(cache, 'locks'), { recursive: true });
  } catch (cause) {
    throw new SetUpFailure(
      `cannot create ${cache}`,
      `set XDG_CACHE_HOME to a folder that may be written, such as ${dirname(cache)}`,
      {
        cause,
      },
    );
  }
}

/**
 * @param {unknown} error
 * @param {{ report: Report, log: Log }} told
 * @returns {number} the exit status
 */
function tell(error, { report, log }) {
  const interrupted =
    error instanceof Interrupted
      ? error
      : error instanceof Error && error.cause instanceof Interrupted
        ? error.cause
        : null;
  if (interrupted !== null) {
    report.say('set-up stopped; the next run goes on from what was finished');
    return SIGNAL_STATUS[/** @type {keyof typeof SIGNAL_STATUS} the only signals listened to */ (interrupted.signal)];
  }
  if (error instanceof Error && !(error instanceof SetUpFailure)) log.write(`${error.stack}\n`);
  report.say(failureText(error, log.path));
  return error instanceof SetUpFailure ? error.exitCode : 1;
}
