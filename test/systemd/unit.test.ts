// The unit is one that systemd accepts, it is hardened, it explains its exceptions, and it holds what the daemon relies on.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/cli/exit-code.ts';
import { tempFolder } from '../support/temp-folder.ts';

const UNIT_PATH = fileURLToPath(new URL('../../systemd/onlooker.service', import.meta.url));
const UNIT = readFileSync(UNIT_PATH, 'utf8');
const LINES = UNIT.split('\n');
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasAnalyze)('systemd-analyze has no complaint (skipped where systemd-analyze is missing)', () => {
  const folder = tempFolder();
  const program = join(folder, 'onlooker');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const copy = join(folder, 'onlooker.service');
  // The manual page is where the package puts it.
  writeFileSync(copy, UNIT.replaceAll('/usr/lib/onlooker/bin/onlooker', program).replace(/^Documentation=.*$/m, ''));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', copy], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

test.skipIf(!hasAnalyze)('its exposure is at most 1.8 (skipped where systemd-analyze is missing)', () => {
  const args = ['security', '--offline=true', '--threshold=18', '--no-pager', UNIT_PATH];
  const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  expect(stdout).toContain('Overall exposure level');
  expect(status, stdout.split('\n').at(-2)).toBe(0);
});

/** What is left open, each by the line that opens it. */
const EXCEPTIONS = [
  'NotifyAccess=all',
  'ExecReload=!/usr/bin/env -u CREDENTIALS_DIRECTORY /usr/lib/onlooker/bin/onlooker config check /etc/onlooker/onlooker.yaml',
  'SupplementaryGroups=video',
  'PrivateUsers=no',
  'PrivateDevices=no',
  'DeviceAllow=char-video4linux rw',
  'PrivateNetwork=no',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'MemoryDenyWriteExecute=no',
  'ProcSubset=all',
  'SystemCallFilter=capset',
];

test.each(EXCEPTIONS)('%s says above itself why it is an exception', (line) => {
  const at = LINES.indexOf(line);
  expect(at).toBeGreaterThan(0);
  const paragraph = LINES.slice(LINES.lastIndexOf('', at), at);
  expect(paragraph.some((above) => above.startsWith('# Exception: '))).toBe(true);
});

test.skipIf(!hasAnalyze)('nothing else is left open (skipped where systemd-analyze is missing)', () => {
  const args = ['security', '--offline=true', '--no-pager', UNIT_PATH];
  const { stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  const open = [...stdout.matchAll(/^✗ (\w+)/gm)].map(([, name = '']) => name);
  // Its own root is for services that need nothing of the system; addresses are explained beside PrivateNetwork.
  const explained = ['RootDirectory', 'IPAddressDeny', ...EXCEPTIONS.map((line) => line.split('=')[0] ?? '')];
  expect(open.filter((name) => !explained.includes(name))).toEqual([]);
  expect(UNIT).toContain('neither PrivateNetwork nor IPAddressDeny can be');
});

test('what starting again cannot help is what the program ends with', () => {
  expect(LINES).toContain(`RestartPreventExitStatus=${EXIT.usage} ${EXIT.input} ${EXIT.configuration}`);
});

test.each([
  'Type=notify',
  'ExecStart=/usr/lib/onlooker/bin/onlooker run --config /etc/onlooker/onlooker.yaml',
  'ExecReload=kill -HUP $MAINPID',
  'WatchdogSec=30',
  'WatchdogSignal=SIGKILL',
  'Restart=always',
  'RestartSec=2',
  'StartLimitIntervalSec=0',
  'KillMode=mixed',
  'TimeoutStopSec=10',
  'LimitCORE=0',
  'CoredumpFilter=0x0',
  'MemorySwapMax=0',
  'OOMPolicy=continue',
  'ProtectSystem=strict',
  'StateDirectory=onlooker',
  'Wants=modprobe@videodev.service',
])('the unit says %s', (line) => {
  expect(LINES).toContain(line);
});

test.each(['mqtt-password', 'source-password'])('the credential %s may be missing', (name) => {
  expect(LINES).toContain(`LoadCredential=${name}:/etc/onlooker/${name}`);
  expect(LINES).toContain(`SetCredential=${name}:\\n`);
});
