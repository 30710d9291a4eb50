// Tests that programs are logged, that their failures are told, and that a stopped set-up leaves none behind.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureText, SetUpFailure } from '../../deploy/bootstrap/failure.mjs';
import { Log, outdatedLogs } from '../../deploy/bootstrap/log.mjs';
import { Programs } from '../../deploy/bootstrap/programs.mjs';
import { duration, Report } from '../../deploy/bootstrap/report.mjs';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('programs', () => {
  let folder = '';
  let log: Log;
  let programs: Programs;
  beforeEach(() => {
    folder = tempFolder();
    log = new Log(join(folder, 'logs'), new Date(0), 42);
    programs = new Programs(log);
  });
  afterEach(() => {
    log.close();
  });

  it('are logged with all they say and give their status', async () => {
    const lines: string[] = [];
    const script = 'echo one; echo two >&2; exit 3';
    const outcome = await programs.run('sh', ['-c', script], { onLine: (line) => lines.push(line) });
    expect(outcome.status).toBe(3);
    expect(lines.sort()).toEqual(['one', 'two']);
    expect(log.path).toBe(join(folder, 'logs', 'bootstrap-1970-01-01T00-00-00-42.log'));
    expect(readFileSync(log.path ?? '', 'utf8')).toContain(`$ sh -c ${script}`);
  });

  it('that are killed have the status a shell would give', async () => {
    expect((await programs.run('sh', ['-c', 'kill -KILL $$'])).status).toBe(137);
  });

  it('that do not exist end in a remedy', async () => {
    await expect(programs.run('no-such-program', [])).rejects.toMatchObject({
      message: expect.stringContaining('cannot start no-such-program'),
      remedy: 'install no-such-program and try again',
    });
  });

  it('are stopped with their children, and none is started any more', async () => {
    const pids: number[] = [];
    const running = programs.run('sh', ['-c', 'sleep 600 & echo $!; wait'], {
      onLine: (line) => pids.push(Number(line)),
    });
    const stopped = expect(running).rejects.toMatchObject({ signal: 'SIGINT' });
    await eventually(
      () => pids.length,
      (count) => count > 0,
    );
    programs.stop('SIGINT');
    await stopped;
    await eventually(
      () => pids.filter((pid) => existsSync(`/proc/${pid}/fd/0`)),
      (alive) => alive.length === 0,
    );
    expect(() => programs.run('true', [])).toThrow('stopped by SIGINT');
  });

  it('leave no log when there was nothing to do', async () => {
    await programs.run('true', []);
    log.discard();
    expect(existsSync(log.path ?? '')).toBe(false);
  });
});

it('keeps the ten newest logs', () => {
  const names = Array.from({ length: 12 }, (_, day) => `bootstrap-2026-01-${10 + day}T00-00-00-1.log`);
  expect(outdatedLogs([...names, 'other.txt'])).toEqual(names.slice(0, 3));
});

it('tells a failure with remedy and log', () => {
  expect(failureText(new SetUpFailure('npm ci failed', 'try again'), '/cache/a.log')).toBe(
    'set-up failed: npm ci failed\n  to fix it: try again\n  full log: /cache/a.log',
  );
  expect(failureText(new TypeError('oops'), null)).toContain('this is a bug of the set-up');
});

it('speaks in plain lines to a file and knows whether it spoke', () => {
  const said: string[] = [];
  const report = new Report({ write: (text) => said.push(text) }, () => 0);
  expect(report.hasSpoken).toBe(false);
  report.begin('compiling').end();
  expect(said.join('')).toBe('onlooker: compiling\n');
  expect(report.hasSpoken).toBe(true);
  expect([duration(400), duration(59_000), duration(61_000)]).toEqual(['0 s', '59 s', '1 min 1 s']);
});
