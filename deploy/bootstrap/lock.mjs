// Lets one set-up at a time work on a checkout; the lock of a dead one is taken over.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 500;

/**
 * @template T
 * @param {string} path
 * @param {{ onWait(pid: string): void, signal: AbortSignal }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait, signal }, work) {
  const own = processIdentity(process.pid);
  if (own === null) throw new Error('cannot read /proc: is this Linux?');
  mkdirSync(dirname(path), { recursive: true });
  let isFirst = true;
  while (!tryLock(path, own)) {
    const holder = read(path);
    if (holder === null) continue;
    if (isStale(holder, processIdentity)) removeIfStill(path, holder);
    else {
      if (isFirst) onWait(pidOf(holder));
      isFirst = false;
      await sleep(RETRY_MS, undefined, { signal });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * A process id is given again to others, its start time with it is not.
 * @param {string} holder
 * @param {(pid: number) => string | null} identityOf
 */
export function isStale(holder, identityOf) {
  return identityOf(Number(pidOf(holder))) !== holder;
}

/**
 * @param {number} pid
 * @returns {string | null} null when there is no such process
 */
export function processIdentity(pid) {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // proc(5): the name (field 2) may hold spaces and ends with the last parenthesis; field 22 is the start time.
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${pid} ${startedAt}`;
}

/** @param {string} holder */
function pidOf(holder) {
  return holder.split(' ')[0] ?? '';
}

/** A link appears whole or not at all. @param {string} path @param {string} own */
function tryLock(path, own) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Between reading and removing another waiter may have taken it over: then it is given back. @param {string} path @param {string} holder */
function removeIfStill(path, holder) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== holder) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null;
    throw error;
  }
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
