// Installing where it must not, when it cannot, and when it is interrupted; each on a box of its own.
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { BootedTree, noTrees } from './booted-tree.ts';
import { install, isActive, mainPid, onDemoScene, said } from './box-words.ts';
import { boxTree, debs, RELEASES, type Release } from './packages.ts';

const CONFIG = '/etc/onlooker/onlooker.yaml';
const INSTALLED = 'dpkg --get-selections';
const INSTALLER = fileURLToPath(new URL('../../deploy/install.sh', import.meta.url));

const TESTED = inject('packages')?.releases ?? RELEASES;

describe.skipIf(noTrees !== '').each(TESTED)(`Debian $number${noTrees}`, (release) => {
  const other = TESTED.find(({ number }) => number !== release.number);
  it.skipIf(other === undefined)('refuses the package of the other release', async () => {
    const box = await bootedBox(release, { of: other ?? release });
    const { status, output } = install(box, 'now');
    expect(status).not.toBe(0);
    expect(output).toMatch(/Depends: libopencv/);
    expect(box.run('which onlooker').status).not.toBe(0);
  });

  it('a full disk stops it; with room the same command goes through', async () => {
    const box = await bootedBox(release, { sizeMiB: 130 });
    const { status, output } = install(box, 'now');
    expect(status).not.toBe(0);
    expect(output).toContain('No space left on device');
    box.grow(4096);
    box.must('dpkg --configure -a');
    expect(install(box, 'now').status).toBe(0);
    expect(box.must('onlooker config check')).toContain('ok');
  });

  it('a killed dpkg is repeated', async () => {
    const box = await bootedBox(release);
    box.must(
      'apt-get install -y /packages/now/*.deb </dev/null >/dev/null 2>&1 & ' +
        `${onceSo('ls /usr/lib/onlooker/bin/node* >/dev/null 2>&1')}; pkill -KILL -x dpkg; wait; true`,
    );
    expect(box.run('dpkg --audit').output).not.toBe('');
    box.must('dpkg --configure -a');
    expect(install(box, 'now').status).toBe(0);
    expect(box.must('dpkg --audit')).toBe('');
    expect(box.must('dpkg --verify onlooker onlooker-models')).toBe('');
  });

  it('a unit that was installed by hand is not hidden', async () => {
    const box = await bootedBox(release);
    box.write('/etc/systemd/system/onlooker.service', '[Service]\nExecStart=/bin/true\n');
    const { status, output } = install(box, 'now');
    expect(status).not.toBe(0);
    expect(output).toContain('/etc/systemd/system/onlooker.service was installed by hand');
  });

  it('changed settings stay when those of the package change, too; those of a newer version are named', async () => {
    const box = await bootedBox(release);
    expect(install(box, 'now').status).toBe(0);
    box.write(CONFIG, 'site: mine\nfromTheFuture: 1\n');
    box.must(
      'dpkg-deb -R /packages/now/onlooker_*.deb /tmp/next && cd /tmp/next && ' +
        "echo 'screen: other' >> etc/onlooker/onlooker.yaml && sed -i 's/^Version: .*/&+next/' DEBIAN/control && rm DEBIAN/md5sums && " +
        'dpkg-deb --root-owner-group -Znone -b /tmp/next /tmp/next.deb',
    );
    box.must('apt-get install -y -o Dpkg::Options::=--force-confold /tmp/next.deb </dev/null');
    expect(box.read(CONFIG)).toBe('site: mine\nfromTheFuture: 1\n');
    expect(box.read(`${CONFIG}.dpkg-dist`)).toContain('screen: other');
    const { status, output } = box.run('onlooker config check');
    expect(status).toBe(78);
    expect(output).toContain('fromTheFuture');
  });

  it('the set-up of a fleet starts the service; once more changes nothing, other answers want a word', async () => {
    const box = await bootedBox(release);
    expect(install(box, 'now').status).toBe(0);
    const answers = 'camera: /dev/video0\nbroker: mqtt://127.0.0.1:1883\nprivacy: count-only\n';
    box.write('/packages/answers.yaml', `${answers}site: fleet\n`);
    const setup = 'umask 077; onlooker setup --answers /packages/answers.yaml';
    expect(box.must(setup)).toContain('measures from now on');
    expect(box.must(`stat --format '%U:%G %a' ${CONFIG}`)).toBe('root:onlooker 640');
    expect(said(box, 'onlooker/v1/fleet/+/availability', '"state":')).toBe(true);
    const pid = mainPid(box);
    expect(box.must(setup)).toContain('says all that already');
    expect(mainPid(box)).toBe(pid);
    box.write('/packages/answers.yaml', `${answers}site: other\n`);
    expect(box.run(setup).output).toContain('--force replaces it');
    expect(box.must(`${setup} --force`)).toContain(`Kept as it was: ${CONFIG}.`);
    expect(said(box, 'onlooker/v1/other/+/availability', '"state":')).toBe(true);
    expect(box.must('onlooker doctor --json || true')).toContain(`"detail": "${CONFIG}"`);
  });

  it('one command installs it over settings of before, and takes everything away again, also what was cut off', async () => {
    const box = await bootedBox(release);
    box.put(INSTALLER, '/packages/now/install.sh');
    withDependency(box);
    const before = box.must(INSTALLED);
    expect(box.run('sh /packages/now/install.sh --answers /packages/absent.yaml').output).toContain('to fix it');
    box.must(
      'sh /packages/now/install.sh </dev/null >/dev/null 2>&1 & script=$!; ' +
        `${onceSo('pgrep -x dpkg >/dev/null')}; kill -KILL $script; ${onceSo('! pgrep -x apt-get >/dev/null')}`,
    );
    box.must('sh /packages/now/install.sh --uninstall');
    expect(box.must(INSTALLED)).toBe(before);
    const mine = 'site: mine\nmqtt: {url: "mqtt://127.0.0.1:1883"}\n';
    box.must('mkdir -p /etc/onlooker');
    box.write(CONFIG, mine);
    box.must('sh /packages/now/install.sh </dev/null');
    expect(box.read(CONFIG)).toBe(mine);
    onDemoScene(box);
    box.must('systemctl start onlooker');
    expect(isActive(box)).toBe(true);
    expect(said(box, 'onlooker/v1/+/+/now', '"present":[1-9]')).toBe(true);
    box.must('rm -r /usr/lib/onlooker/node_modules/@vladmandic && sh /packages/now/install.sh --uninstall');
    expect(box.must(INSTALLED)).toBe(before);
    const left = box.run('ls -d /etc/onlooker /var/lib/onlooker* /usr/lib/onlooker /usr/share/onlooker').output;
    expect(left).not.toMatch(/^\//m);
    expect(box.must('sh /packages/now/install.sh --uninstall')).toContain('Onlooker is gone');
  });
});

/** Waits for a condition of the shell, not for ever. */
function onceSo(condition: string): string {
  return `for try in $(seq 3000); do ${condition} && break; sleep 0.02; done`;
}

/** The package needs another one, which an archive on the box has: the trees have everything else already. */
function withDependency(box: BootedTree): void {
  const control =
    'Package: came-with-it\\nVersion: 1\\nArchitecture: all\\nMaintainer: a test\\nDescription: a test\\n';
  box.must(
    `mkdir -p /packages/archive /tmp/extra/DEBIAN && printf '${control}' > /tmp/extra/DEBIAN/control && ` +
      'dpkg-deb -b /tmp/extra /packages/archive/extra.deb && cd /packages/archive && ' +
      '{ dpkg-deb -f extra.deb; echo "Filename: ./extra.deb"; echo "Size: $(stat -c %s extra.deb)"; ' +
      'echo "SHA256: $(sha256sum extra.deb | cut -d " " -f 1)"; } > Packages && rm -rf /etc/apt/sources.list* && ' +
      "echo 'deb [trusted=yes] file:/packages/archive ./' > /etc/apt/sources.list && apt-get update",
  );
  box.must(
    'cd /packages/now && dpkg-deb -R onlooker_*.deb /tmp/next && sed -i "s/^Depends: /&came-with-it, /" /tmp/next/DEBIAN/control && ' +
      'dpkg-deb --root-owner-group -Znone -b /tmp/next onlooker_*.deb && sha256sum ./*.deb > SHA256SUMS',
  );
}

/** A box that has the packages in /packages/now, those of the other release if wanted. */
async function bootedBox(
  release: Release,
  { of = release, ...options }: Readonly<{ of?: Release; sizeMiB?: number }> = {},
): Promise<BootedTree> {
  const now = inject('packages')?.now ?? '';
  const box = BootedTree.make(boxTree(release, debs(now, release).program), options);
  onTestFinished(() => box.close());
  await box.boot();
  const { program, models } = debs(now, of);
  box.must('mkdir -p /packages/now');
  box.put(program, `/packages/now/${program.replace(/.*\//, '')}`);
  box.put(models, `/packages/now/${models.replace(/.*\//, '')}`);
  return box;
}
