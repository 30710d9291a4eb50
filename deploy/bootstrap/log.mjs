// Keeps the full output of one set-up in a file, which exists only when there is something to keep.
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const KEPT = 10;

export class Log {
  /** @param {string} folder @param {Date} startedAt @param {number} pid */
  constructor(folder, startedAt, pid) {
    this.folder = folder;
    this.name = `bootstrap-${startedAt.toISOString().replaceAll(':', '-').replace(/\..*/, '')}-${pid}.log`;
    /** @type {number | null} */
    this.descriptor = null;
  }

  /** The path once something was written. */
  get path() {
    return this.descriptor === null ? null : join(this.folder, this.name);
  }

  /** @param {string | Uint8Array} content */
  write(content) {
    this.descriptor ??= this.#open();
    writeSync(this.descriptor, typeof content === 'string' ? Buffer.from(content) : content);
  }

  /** For a set-up that found nothing to do. */
  discard() {
    if (this.path !== null) rmSync(this.path, { force: true });
  }

  close() {
    if (this.descriptor !== null) closeSync(this.descriptor);
  }

  #open() {
    mkdirSync(this.folder, { recursive: true });
    for (const name of outdatedLogs(readdirSync(this.folder))) rmSync(join(this.folder, name), { force: true });
    return openSync(join(this.folder, this.name), 'a');
  }
}

/**
 * The names begin with the time, so that their order is the order of time.
 * @param {string[]} names
 */
export function outdatedLogs(names) {
  const logs = names.filter((name) => /^bootstrap-.*\.log$/.test(name)).sort();
  return logs.slice(0, Math.max(0, logs.length - KEPT + 1));
}
