// The unit is one that systemd accepts, and it holds what the daemon relies on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const UNIT = readFileSync(fileURLToPath(new URL('../../systemd/onlooker.service', import.meta.url)), 'utf8');
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasAnalyze)('systemd-analyze has no complaint (skipped where systemd-analyze is missing)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-unit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'onlooker');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const copy = join(folder, 'onlooker.service');
  writeFileSync(copy, UNIT.replace('/usr/lib/onlooker/bin/onlooker', program));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', copy], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

test.each([
  'Type=notify',
  'NotifyAccess=all',
  'ExecStart=/usr/lib/onlooker/bin/onlooker run',
  'WatchdogSec=30',
  'WatchdogSignal=SIGKILL',
  'Restart=always',
  'RestartSec=2',
  'RestartPreventExitStatus=64 66 78',
  'KillMode=mixed',
  'TimeoutStopSec=10',
  'LimitCORE=0',
  'StateDirectory=onlooker',
])('the unit says %s', (line) => {
  expect(UNIT.split('\n')).toContain(line);
});
