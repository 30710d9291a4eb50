// install.sh says why a box will not do, before it changes anything.
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';

const SCRIPT = fileURLToPath(new URL('../../deploy/install.sh', import.meta.url));
const GOOD = { system: 'ID=debian\nVERSION_ID=12\n', architecture: 'amd64', memoryMegabytes: 4000 };

it('a box that will do is described', () => {
  for (const id of ['debian', 'raspbian']) {
    for (const [release, architecture] of [
      [12, 'amd64'],
      [13, 'arm64'],
    ]) {
      const { status, said } = check({ ...GOOD, system: `ID=${id}\nVERSION_ID=${release}\n`, architecture });
      expect(said).toContain(`Debian ${release}, ${architecture}, 4000 MB of memory`);
      expect(status).toBe(0);
    }
  }
});

describe('is refused, with what to do', () => {
  it.each([
    [
      'another system',
      { system: 'ID=ubuntu\nVERSION_ID=24.04\nPRETTY_NAME="Ubuntu 24.04"\n' },
      /this is Ubuntu 24\.04/,
    ],
    ['an older release', { system: 'ID=debian\nVERSION_ID=11\nPRETTY_NAME="Debian 11"\n' }, /this is Debian 11/],
    ['a system without a name', { system: '' }, /an unknown system/],
    ['a system of 32 bits', { architecture: 'armhf' }, /32 bits \(armhf\)/],
    ['another processor', { architecture: 'riscv64' }, /no packages for riscv64/],
    ['too little memory', { memoryMegabytes: 400 }, /400 MB of memory are too few/],
  ])('%s', (_, box, reason) => {
    const { status, said } = check({ ...GOOD, ...box });
    expect(said).toMatch(reason);
    expect(said).toContain('to fix it: ');
    expect(status).toBe(69);
  });

  it('an option that there is not, and answers without a file', () => {
    expect(run(['--frobnicate']).status).toBe(64);
    expect(run(['--answers']).said).toContain('--answers needs a file');
  });
});

it('warns of memory that just suffices', () => {
  const { status, said } = check({ ...GOOD, memoryMegabytes: 700 });
  expect(said).toContain('warning: 700 MB of memory leave little room');
  expect(status).toBe(0);
});

function check({ system, architecture, memoryMegabytes }: Record<keyof typeof GOOD, string | number | undefined>) {
  const folder = tempFolder();
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  chmodSync(file('dpkg', `#!/bin/sh\necho ${architecture}\n`), 0o755);
  return run(['--check'], {
    OS_RELEASE: file('os-release', String(system)),
    MEMINFO: file('meminfo', `MemTotal: ${Number(memoryMegabytes) * 1024} kB\n`),
    PATH: `${folder}:${process.env['PATH']}`,
  });
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync('sh', [SCRIPT, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, said: stdout + stderr };
}
