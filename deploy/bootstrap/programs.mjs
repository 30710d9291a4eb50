// Runs programs: everything they say goes to the log, and a stopped set-up stops them too.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Interrupted, SetUpFailure } from './failure.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env]
 * @property {(line: string) => void} [onLine]
 * @property {boolean} [keepsTerminal] sudo asks on the terminal; such a program gets Ctrl-C from it and is waited for
 *
 * @typedef {{ status: number, output: string }} Outcome status as a shell gives it; the end of what was said
 */

const OUTPUT_KEPT = 64 * 1024;
const PATIENCE_MS = 5_000;

export class Programs {
  /** @param {import('./log.mjs').Log} log */
  constructor(log) {
    this.log = log;
    /** @type {NodeJS.Signals | null} */
    this.stoppedBy = null;
    /** @type {Set<import('node:child_process').ChildProcess>} */
    this.groups = new Set();
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {RunOptions} [options]
   * @returns {Promise<Outcome>}
   */
  run(command, args, { cwd, env = process.env, onLine, keepsTerminal = false } = {}) {
    this.#assertRunning();
    this.log.write(`\n$ ${[command, ...args].join(' ')}${cwd === undefined ? '' : `   (in ${cwd})`}\n`);
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd,
        env,
        detached: !keepsTerminal,
        stdio: [keepsTerminal ? 'inherit' : 'ignore', 'pipe', 'pipe'],
      });
      if (!keepsTerminal) this.groups.add(child);
      let output = '';
      let line = '';
      const take = (/** @type {Buffer} */ chunk) => {
        this.log.write(chunk);
        const text = chunk.toString('utf8');
        output = (output + text).slice(-OUTPUT_KEPT);
        const lines = (line + text).split('\n');
        line = lines.pop() ?? '';
        if (onLine !== undefined) lines.forEach(onLine);
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
      child.once('error', (cause) => {
        this.groups.delete(child);
        reject(
          new SetUpFailure(`cannot start ${command} (${cause.message})`, `install ${command} and try again`, { cause }),
        );
      });
      child.once('close', (code, signal) => {
        this.groups.delete(child);
        const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
        if (this.stoppedBy === null) resolve({ status, output });
        else reject(new Interrupted(this.stoppedBy));
      });
    });
  }

  /**
   * Whatever is under way ends with Interrupted once its programs are gone.
   * @param {NodeJS.Signals} signal
   */
  stop(signal) {
    if (this.stoppedBy !== null) return;
    this.stoppedBy = signal;
    for (const child of this.groups) signalGroup(child, 'SIGTERM');
    setTimeout(() => {
      for (const child of this.groups) signalGroup(child, 'SIGKILL');
    }, PATIENCE_MS).unref();
  }

  #assertRunning() {
    if (this.stoppedBy !== null) throw new Interrupted(this.stoppedBy);
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has gone by itself: what was wanted.
    if (!isNoSuchProcess(error)) throw error;
  }
}

/** @param {unknown} error */
function isNoSuchProcess(error) {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
