// The service: what is asked of systemd, and what its answers mean.
import { expect, it } from 'vitest';
import { INSTALLED_CONFIG } from '../../src/daemon/installation.ts';
import type { Ran, Run } from '../../src/setup/run-program.ts';
import { serviceState, startService } from '../../src/setup/unit.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('is started from here only where systemd runs, has it, and it reads this configuration', async () => {
  const booted = tempFolder();
  const state = (run: Run, path = INSTALLED_CONFIG, folder = booted) => serviceState(path, run, folder);
  expect(await state(answering({}), '/home/mine.yaml')).toEqual({
    kind: 'none',
    reason: expect.stringContaining('not this file'),
  });
  expect(await state(answering({}), INSTALLED_CONFIG, `${booted}/none`)).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('not booted by systemd'),
  });
  expect(await state(answering({ cat: 1 }))).toMatchObject({ reason: 'onlooker.service is not installed' });
  expect(await state(answering({ 'is-active': 3 }))).toEqual({ kind: 'stopped' });
  expect(await state(answering({}))).toEqual({ kind: 'running' });
});

it('is enabled and then started, with what is configured now also where it has begun meanwhile; a refusal is told', async () => {
  const asked: string[] = [];
  expect(await startService(answering({}, asked))).toBeNull();
  expect(asked).toEqual(['enable onlooker.service', 'restart onlooker.service']);
  expect(await startService(answering({ restart: 1 }))).toBe('restart said no');
});

/** systemctl whose commands succeed but for those given. */
function answering(failures: Readonly<Record<string, number>>, asked: string[] = []): Run {
  return async (_, args): Promise<Ran> => {
    asked.push(args.join(' '));
    const code = failures[args[0] ?? ''] ?? 0;
    return { code, said: code === 0 ? '' : `${args[0]} said no\n` };
  };
}
