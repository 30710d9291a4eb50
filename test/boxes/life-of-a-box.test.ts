// The life of one box per release: installed from the oldest package, upgraded, killed, stopped, rebooted, purged.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { BootedTree, noTrees } from './booted-tree.ts';
import { install, isActive, mainPid, onDemoScene, said } from './box-words.ts';
import { boxTree, debs, RELEASES } from './packages.ts';

const CONFIG = '/etc/onlooker/onlooker.yaml';
const WITH_MOSQUITTO =
  'site: shop\nmqtt:\n  url: mqtt://127.0.0.1:1883\n  username: door\n  passwordFile: mqtt-password\n';
/** Systemd waits 30 s for a sign of life, then 2 s; the rest is for two cores that do other things. */
const WATCHDOG_MS = 75_000;

const TESTED = inject('packages')?.releases ?? RELEASES;
const UNTESTED = RELEASES.filter(({ name }) => !TESTED.some((one) => one.name === name));

it.skip.each(UNTESTED)(
  'Debian $number (its addons are compiled by the next run, or with ONLOOKER_LONG=1)',
  () => undefined,
);

describe.skipIf(noTrees !== '').each(TESTED)(`a box with Debian $number${noTrees}`, (release) => {
  let box: BootedTree;
  let filesBefore: string;

  beforeAll(async () => {
    const packages = inject('packages');
    const now = debs(packages?.now ?? '', release);
    const first = debs(packages?.first ?? '', release);
    box = BootedTree.make(boxTree(release, now.program));
    await box.boot();
    for (const [folder, { program, models }] of Object.entries({ now, first })) {
      box.must(`mkdir -p /packages/${folder}`);
      box.put(program, `/packages/${folder}/onlooker.deb`);
      box.put(models, `/packages/${folder}/onlooker-models.deb`);
    }
    filesBefore = files(box);
  }, 1_800_000);
  afterAll(() => box?.close());

  it('is not measured before it is configured', () => {
    expect(install(box, 'first').output).toContain('sudo onlooker setup');
    expect(box.run('systemctl is-enabled onlooker').output).toBe('disabled');
    expect(isActive(box)).toBe(false);
    expect(box.must('onlooker --version')).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('measures the demo scene, and others hear of it', async () => {
    onDemoScene(box);
    box.write(CONFIG, WITH_MOSQUITTO);
    box.must('umask 077; echo s3cret > /etc/onlooker/mqtt-password');
    box.must('systemctl enable --now onlooker');
    expect(isActive(box)).toBe(true);
    expect(said(box, 'onlooker/v1/shop/+/now', '"present":[1-9]')).toBe(true);
    expect(said(box, 'onlooker/v1/shop/+/rollup/1m', '"uptimeSeconds":[1-9]', 130)).toBe(true);
  });

  it('is upgraded with its counts and its settings', async () => {
    const pid = mainPid(box);
    const rows = storedMinutes(box);
    expect(rows).toBeGreaterThan(0);
    expect(install(box, 'now').status).toBe(0);
    expect(box.read(CONFIG)).toBe(WITH_MOSQUITTO);
    expect(storedMinutes(box)).toBeGreaterThanOrEqual(rows);
    onDemoScene(box);
    await eventually(
      () => mainPid(box),
      (now) => now !== pid && now !== '',
      30_000,
    );
    expect(said(box, 'onlooker/v1/shop/+/now', '"present":[1-9]')).toBe(true);
    // Within its sandbox it may ask the system whether its clock is set.
    expect(said(box, 'onlooker/v1/shop/+/health', '"clockSynced":(true|false)')).toBe(true);
  });

  it('has its documents, as they name each other', () => {
    box.must(
      'cd /usr/share/doc/onlooker && test -s README.md -a -s docs/asyncapi.yaml -a -s deploy/onlooker.example.yaml',
    );
    expect(box.must('find /usr/share/doc/onlooker/docs -name "*.gz"')).toBe('');
  });

  it('is hardened', () => {
    const exposure = box.must('systemd-analyze security onlooker.service | tail -n 1').match(/: (\d+\.\d+) /)?.[1];
    expect(Number(exposure)).toBeLessThanOrEqual(1.8);
    // No process of it has kept a right that the unit takes away.
    const held = box.must(
      'for pid in $(cat /sys/fs/cgroup/systemd/system.slice/onlooker.service/cgroup.procs /sys/fs/cgroup/system.slice/onlooker.service/cgroup.procs 2>/dev/null); do grep -h CapEff /proc/$pid/status; done | sort -u',
    );
    expect(held).toMatch(/^CapEff:\t0+$/);
  });

  it('is back within ten seconds of a SIGKILL', async () => {
    const pid = mainPid(box);
    box.must(`kill -KILL ${pid}`);
    await eventually(() => mainPid(box) !== pid && isActive(box), Boolean, 10_000);
    expect(said(box, 'onlooker/v1/shop/+/availability', '"state":"online"')).toBe(true);
  });

  it('is restarted by the watchdog when it hangs', async () => {
    const pid = mainPid(box);
    box.must(`kill -STOP ${pid}`);
    await eventually(() => mainPid(box) !== pid && isActive(box), Boolean, WATCHDOG_MS);
    expect(box.must('journalctl -u onlooker --no-pager')).toContain('Watchdog timeout');
  });

  it('starts a sensor that hangs anew, by itself', async () => {
    const pid = mainPid(box);
    const sensor = () => box.run('pgrep -f sensor/main.js | head -n 1').output;
    const hung = await eventually(sensor, (found) => found !== '', 30_000);
    box.must(`kill -STOP ${hung}`);
    await eventually(sensor, (found) => found !== '' && found !== hung, 60_000);
    expect(mainPid(box)).toBe(pid);
    expect(said(box, 'onlooker/v1/shop/+/now', '"present":[1-9]', 40)).toBe(true);
  });

  it('takes a good configuration while it runs, and refuses a bad one', () => {
    const pid = mainPid(box);
    box.write(CONFIG, WITH_MOSQUITTO.replace('shop', 'mall'));
    box.must('systemctl reload onlooker');
    expect(said(box, 'onlooker/v1/mall/+/now', '"present":[1-9]')).toBe(true);
    box.write(CONFIG, WITH_MOSQUITTO.replace('site', 'sight'));
    expect(box.run('systemctl reload onlooker').status).not.toBe(0);
    expect(mainPid(box)).toBe(pid);
    expect(said(box, 'onlooker/v1/mall/+/now', '"present":[1-9]')).toBe(true);
    expect(box.must('journalctl -u onlooker --no-pager')).toContain('sight');
  });

  it('fails with a bad configuration, says why, and does not try again', async () => {
    box.write(CONFIG, 'mqtt:\n  url: nowhere\n');
    box.run('systemctl restart onlooker');
    await eventually(
      () => box.run('systemctl is-failed onlooker').output,
      (word) => word === 'failed',
      30_000,
    );
    expect(box.must('systemctl show -P ExecMainStatus onlooker')).toBe('78');
    expect(box.must('journalctl -u onlooker --no-pager -n 20')).toMatch(/mqtt\.url: .*got "nowhere"/);
    box.write(CONFIG, WITH_MOSQUITTO);
    box.must('systemctl start onlooker');
  });

  it('is back after a reboot', async () => {
    await box.powerOff();
    await box.boot();
    await eventually(() => isActive(box), Boolean, 60_000);
    expect(said(box, 'onlooker/v1/shop/+/now', '"present":[1-9]')).toBe(true);
  }, 240_000);

  it('works on a root that cannot be written, with a partition for its data', async () => {
    // Debian's mosquitto writes elsewhere, so the embedded broker speaks.
    box.write(CONFIG, 'site: sealed\n');
    box.must('systemctl disable mosquitto');
    const rows = storedMinutes(box);
    await box.powerOff();
    await box.boot({ readOnlyBut: '/var/lib/onlooker' });
    expect(box.run('touch /usr/written').status).not.toBe(0);
    await eventually(() => isActive(box), Boolean, 60_000);
    expect(said(box, 'onlooker/v1/sealed/+/now', '"present":[1-9]')).toBe(true);
    expect(storedMinutes(box)).toBeGreaterThanOrEqual(rows);
    await box.powerOff();
    await box.boot();
    box.must('systemctl enable mosquitto');
  }, 240_000);

  it('is purged without a trace, also where the data have a partition', () => {
    box.must(
      'systemctl stop onlooker && mv /var/lib/onlooker /data && mkdir /var/lib/onlooker && ' +
        'mount --bind /data /var/lib/onlooker && systemctl start onlooker',
    );
    box.must('rm -r /usr/lib/onlooker/node_modules/@vladmandic');
    box.must('apt-get purge -y onlooker onlooker-models');
    expect(box.must('ls -A /data')).toBe('');
    box.must('umount /var/lib/onlooker && rmdir /var/lib/onlooker /data');
    expect(differences(filesBefore, files(box))).toEqual([]);
    expect(box.run('getent passwd onlooker').status).not.toBe(0);
    expect(box.run('systemctl status onlooker').output).toContain('could not be found');
  });
});

/** Whole minutes in the database, by the program that the package brings. */
function storedMinutes(box: BootedTree): number {
  // The oldest package does not look there by itself.
  const answer = box.must('onlooker stats --state /var/lib/onlooker --json');
  const found: unknown = JSON.parse(answer);
  return found instanceof Object && 'periods' in found ? Number(found.periods) : Number.NaN;
}

/** Every path but those that a running system, or its broker, changes all the time. */
function files(box: BootedTree): string {
  return box.must(
    "find / -xdev -not -path '/packages*' -not -path '/tmp*' -not -path '/var/tmp*' -not -path '/var/log*' -not -path '/var/cache*' " +
      "-not -path '/var/lib/dpkg*' -not -path '/var/lib/apt*' -not -path '/var/lib/systemd*' -not -path '/var/lib/mosquitto*' -not -path '/root*' | sort",
  );
}

function differences(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((list) => list.split('\n'));
  const only = (some: readonly string[] = [], others: readonly string[] = []) => {
    const known = new Set(others);
    return some.filter((path) => !known.has(path));
  };
  return [...only(now, old).map((path) => `+ ${path}`), ...only(old, now).map((path) => `- ${path}`)];
}
