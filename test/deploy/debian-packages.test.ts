// Tests which Debian packages are missing, who may install them, and that no service starts meanwhile.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  INSTALL,
  installAccess,
  manualLine,
  missingPackages,
  packagesFor,
  upstreamVersion,
} from '../../deploy/bootstrap/debian-packages.mjs';
import { tempFolder } from '../support/temp-folder.ts';

describe('what is missing', () => {
  it('counts only what is fully installed', () => {
    const list = 'ffmpeg\tii \t7:5.1\nsocat\trc \t1.7\nstrace\tiF \t6.1\n';
    expect(missingPackages(['ffmpeg', 'socat', 'strace', 'python3'], list)).toEqual(['socat', 'strace', 'python3']);
  });

  it('is everything on a system without dpkg', () => {
    expect(missingPackages(['ffmpeg'], null)).toEqual(['ffmpeg']);
  });

  it('includes a broker for the tests alone', () => {
    expect(packagesFor('test')).toContain('mosquitto');
    expect(packagesFor('demo')).not.toContain('mosquitto');
    expect(packagesFor('demo')).toContain('mosquitto-clients');
    expect(packagesFor('run')).not.toContain('mosquitto-clients');
  });

  it('knows the upstream version of a package', () => {
    expect(upstreamVersion('4.6.0+dfsg-12')).toBe('4.6.0');
    expect(upstreamVersion('1:4.10.0+dfsg-5+deb13u1')).toBe('4.10.0');
    expect(upstreamVersion('unknown')).toBeNull();
  });
});

describe('who may install', () => {
  const system = { isRoot: false, hasApt: true, hasSudo: true, needsNoPassword: () => false, isTerminal: false };

  it('needs nothing before the command as root', () => {
    expect(installAccess({ ...system, isRoot: true })).toEqual({ prefix: [] });
  });

  it('asks for a password only where one can be typed', () => {
    expect(installAccess({ ...system, needsNoPassword: () => true })).toEqual({ prefix: ['sudo', '-n'] });
    expect(installAccess({ ...system, isTerminal: true })).toEqual({ prefix: ['sudo'] });
    expect(installAccess(system)).toMatchObject({ prefix: null, problem: expect.stringContaining('only root') });
  });

  it('says so where there is no apt-get', () => {
    const access = installAccess({ ...system, hasApt: false, isRoot: true });
    expect(access).toMatchObject({ prefix: null, problem: expect.stringContaining('no apt-get') });
  });

  it('prints one line that does the same by hand', () => {
    expect(manualLine(['socat', 'strace'], false)).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends socat strace',
    );
    expect(manualLine(['mosquitto'], false)).toMatch(/ && sudo systemctl disable --now mosquitto$/);
    expect(manualLine(['socat'], true)).toBe('install what Debian calls socat');
  });
});

describe('the installing script', () => {
  let folder = '';
  beforeEach(() => {
    folder = tempFolder();
    mkdirSync(join(folder, 'bin'));
    program('dpkg', 'exit 0');
    program('systemctl', 'exit 0');
  });

  const policy = () => join(folder, 'policy-rc.d');
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  const program = (name: string, body: string) =>
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\necho "${name} $*" >> '${folder}/calls'\n${body}\n`, {
      mode: 0o755,
    });
  const install = (...packages: string[]) =>
    spawnSync('sh', ['-c', INSTALL, policy(), ...packages], {
      env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` },
    }).status;

  it('forbids service starts while it installs, and no longer', () => {
    program('apt-get', `sh '${policy()}' ; echo "policy $?" >> '${folder}/calls'`);
    expect(install('socat', 'strace')).toBe(0);
    expect(calls()).toEqual([
      'apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends socat strace',
      'policy 101',
    ]);
    expect(existsSync(policy())).toBe(false);
  });

  it('fetches the lists and repairs dpkg only when the first attempt fails', () => {
    program('apt-get', `case "$*" in *update*) touch '${folder}/lists' ;; *) [ -e '${folder}/lists' ] ;; esac`);
    expect(install('socat')).toBe(0);
    expect(
      calls().map((call) =>
        call
          .replace(/-o \S+ /, '')
          .split(' ')
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual(['apt-get install', 'dpkg --configure', 'apt-get update', 'apt-get install']);
  });

  it('removes its policy when the installation fails, and one that a killed set-up left', () => {
    program('apt-get', 'exit 100');
    expect(install('socat')).not.toBe(0);
    expect(existsSync(policy())).toBe(false);
    writeFileSync(policy(), '# written by the set-up of Onlooker\n');
    expect(install()).toBe(0);
    expect(existsSync(policy())).toBe(false);
  });

  it('leaves a policy of somebody else alone', () => {
    program('apt-get', 'exit 0');
    writeFileSync(policy(), '#!/bin/sh\nexit 0\n');
    expect(install('socat')).toBe(0);
    expect(readFileSync(policy(), 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('keeps a new system broker from the next boot too', () => {
    program('apt-get', 'exit 0');
    expect(install('mosquitto')).toBe(0);
    expect(calls()).toContain('systemctl disable mosquitto');
  });
});
