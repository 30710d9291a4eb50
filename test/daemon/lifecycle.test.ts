// Resources are closed last in first out, whatever fails on the way.
import { expect, it } from 'vitest';
import { Lifecycle } from '../../src/daemon/lifecycle.ts';
import { memoryLog } from './memory-log.ts';

it('closes in the reverse order, each before the next', async () => {
  const { lifecycle, closed } = opened(['database', 'broker', 'source']);
  await lifecycle.close();
  expect(closed).toEqual(['source', 'broker', 'database']);
});

it('closes the rest when one cannot be closed, and logs which', async () => {
  const { lifecycle, closed, lines } = opened(['database', 'broker', 'source'], 'broker');
  await lifecycle.close();
  expect(closed).toEqual(['source', 'database']);
  expect(lines()).toEqual([
    { level: 'error', message: 'could not close', fields: { err: expect.any(Error), resource: 'broker' } },
  ]);
});

it('closes everything once', async () => {
  const { lifecycle, closed } = opened(['database']);
  await lifecycle.close();
  await lifecycle.close();
  expect(closed).toEqual(['database']);
});

function opened(names: readonly string[], broken: string | null = null) {
  const { logger, lines } = memoryLog();
  const lifecycle = new Lifecycle(logger);
  const closed: string[] = [];
  for (const name of names) {
    lifecycle.opened(name, async () => {
      await Promise.resolve();
      if (name === broken) throw new Error('stuck');
      closed.push(name);
    });
  }
  return { lifecycle, closed, lines };
}
