// Tests that one set-up at a time works on a checkout and that a dead one blocks nobody.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isStale, processIdentity, withLock } from '../../deploy/bootstrap/lock.mjs';
import { tempFolder } from '../support/temp-folder.ts';

describe('the lock of a checkout', () => {
  let folder = '';
  let path = '';
  const waits: string[] = [];
  const options = { onWait: (pid: string) => waits.push(pid), signal: new AbortController().signal };
  beforeEach(() => {
    folder = tempFolder();
    path = join(folder, 'locks', 'checkout.lock');
    waits.length = 0;
  });

  it('lets the second wait until the first is done, also when that fails', async () => {
    const order: string[] = [];
    const { promise: released, resolve: release } = promiseOf<void>();
    const first = withLock(path, options, async () => {
      order.push('first');
      await released;
      order.push('first fails');
      throw new Error('failed');
    });
    const second = withLock(path, { ...options, onWait: () => release() }, async () => order.push('second'));
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(order).toEqual(['first', 'first fails', 'second']);
    expect(readdirSync(join(folder, 'locks'))).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await withLock(path, options, async () => undefined);
    writeFileSync(path, `${child.pid} 12345`);
    expect(await withLock(path, options, async () => 'done')).toBe('done');
    expect(waits).toEqual([]);
  });

  it('can be given up while waiting', async () => {
    const stopping = new AbortController();
    await withLock(path, options, async () => {
      const waiting = withLock(
        path,
        { onWait: () => stopping.abort(new Error('stopped')), signal: stopping.signal },
        async () => undefined,
      );
      await expect(waiting).rejects.toMatchObject({ cause: { message: 'stopped' } });
    });
  });

  it('is not mistaken when a process id was given to another', () => {
    const identity = processIdentity(process.pid) ?? '';
    expect(isStale(identity, processIdentity)).toBe(false);
    expect(isStale(`${process.pid} 1`, processIdentity)).toBe(true);
    expect(isStale('', processIdentity)).toBe(true);
  });
});

function promiseOf<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
