// What the doctor says of the machine, its storage and its broker, by table.
import { describe, expect, it } from 'vitest';
import { type BrokerFacts, judgeBroker } from '../../src/doctor/broker.ts';
import { judgeClock } from '../../src/doctor/clock.ts';
import { type DatabaseFacts, judgeDatabase } from '../../src/doctor/database.ts';
import { judgePermissions } from '../../src/doctor/permissions.ts';
import { judgeDisk } from '../../src/doctor/state-folder.ts';
import { judgeSystem } from '../../src/doctor/system.ts';
import { judgeTemperature } from '../../src/doctor/temperature.ts';

const DEBIAN = (version: string) => `PRETTY_NAME="Debian ${version}"\nVERSION_ID="${version}"\nID=debian\n`;

it.each([
  [DEBIAN('12'), 'x64', 'ok', 'Debian 12, x64'],
  [DEBIAN('13'), 'arm64', 'ok', 'Debian 13, arm64'],
  [DEBIAN('11'), 'x64', 'warn', 'Debian 11, x64'],
  [DEBIAN('12'), 'arm', 'fail', 'Debian 12, arm'],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="12"\n', 'x64', 'warn', 'unknown system, x64'],
  [null, 'x64', 'warn', 'unknown system, x64'],
])('system %j on %s: %s', (osRelease, architecture, state, detail) => {
  expect(judgeSystem({ osRelease, architecture })).toMatchObject({ check: 'system', state, detail });
});

const MADE = Date.UTC(2026, 0, 1);
it.each([
  [MADE + 1, true, 'ok'],
  [MADE + 1, false, 'warn'],
  [MADE + 1, null, 'warn'],
  [0, true, 'fail'],
])('clock at %d, synchronized %s: %s', (nowAt, synchronized, state) => {
  expect(judgeClock({ nowAt, madeAt: MADE, synchronized })).toMatchObject({ check: 'clock', state });
});

it.each([
  [{ temperatureCelsius: 55.4, throttled: false, undervoltage: false }, 'ok', '55 °C, neither slowed down nor short'],
  [{ temperatureCelsius: null, throttled: null, undervoltage: null }, 'ok', 'temperature unknown, whether'],
  [{ temperatureCelsius: 81, throttled: false, undervoltage: false }, 'warn', '81 °C, it is hotter than 80 °C'],
  [{ temperatureCelsius: 50, throttled: true, undervoltage: false }, 'warn', '50 °C, the processor is slowed down'],
  [{ temperatureCelsius: null, throttled: null, undervoltage: true }, 'warn', 'the power supply is too weak'],
])('temperature %j: %s', (condition, state, detail) => {
  expect(judgeTemperature(condition)).toMatchObject({ state, detail: expect.stringContaining(detail) });
});

it.each([
  [19.9, 'fail'],
  [20, 'warn'],
  [199.9, 'warn'],
  [200, 'ok'],
])('%d MB of disk: %s', (freeMegabytes, state) => {
  expect(judgeDisk({ folder: '/var/lib/onlooker', refusal: null, freeMegabytes })).toMatchObject({ state });
});

describe('permissions', () => {
  const folder = { folder: '/var/lib/onlooker', refusal: null };
  const device = (isOurs: boolean, number = 0) => ({ device: `/dev/video${number}`, isOurs });

  it('are fine where the folder can be written and the cameras opened, or there is none', () => {
    expect(judgePermissions({ folder, devices: [device(true)], isRoot: false })).toMatchObject({ state: 'ok' });
    const { state, detail } = judgePermissions({ folder, devices: [], isRoot: true });
    expect(state).toBe('ok');
    expect(detail).toContain('by root; the service has a user of its own');
  });

  it('name the devices that cannot be opened, and the group', () => {
    const devices = [device(true), device(false, 1), device(false, 2)];
    const finding = judgePermissions({ folder, devices, isRoot: false });
    expect(finding).toMatchObject({ state: 'warn', detail: 'this user may not open /dev/video1, /dev/video2' });
    expect(finding.remedy).toContain('usermod -aG video');
  });

  it('fail where nothing can be stored, whatever the cameras are', () => {
    const refused = { ...folder, refusal: 'EROFS: read-only file system' };
    const finding = judgePermissions({ folder: refused, devices: [device(false)], isRoot: false });
    expect(finding).toMatchObject({ state: 'fail', detail: expect.stringContaining('EROFS') });
    expect(finding.remedy).toContain('store.folder');
  });
});

const SOUND = { kind: 'sound', version: 2, newestVersion: 2 } as const;
it.each<[Partial<DatabaseFacts>, string, string]>([
  [{ condition: { kind: 'none' } }, 'ok', 'the first run makes it'],
  [{ condition: SOUND }, 'ok', 'schema version 2, no daemon uses it'],
  [{ condition: SOUND, daemonRuns: true }, 'ok', 'in use by the running daemon'],
  [{ condition: { ...SOUND, version: 1 } }, 'ok', 'schema version 1, which the next start brings to 2'],
  [{ condition: { kind: 'damaged', words: 'x: file is not a database' } }, 'fail', 'file is not a database'],
  [{ condition: { kind: 'refused', message: 'belongs to another program' } }, 'fail', 'another program'],
])('database %j: %s', (facts, state, detail) => {
  const finding = judgeDatabase({ path: 'x', condition: { kind: 'none' }, daemonRuns: false, ...facts });
  expect(finding).toMatchObject({ check: 'database', state, detail: expect.stringContaining(detail) });
});

const RETURNED = { kind: 'returned', milliseconds: 7 } as const;
const failed = (step: 'connect' | 'subscribe' | 'publish' | 'return', isRefused: boolean) =>
  ({ kind: 'failed', step, isRefused, words: 'because' }) as const;
const TAKEN = { port: 1883, state: 'taken', holder: { command: 'mosquitto', pid: 7 } } as const;
const FREE = { port: 1883, state: 'free' } as const;

describe('broker', () => {
  const external = { kind: 'external', shown: 'mqtt://b', username: 'door', topic: 'p/doctor' } as const;
  const embedded = { kind: 'embedded', ports: [FREE], daemonRuns: false, trip: null } as const;

  it.each<[BrokerFacts, string, string, string]>([
    [{ ...external, trip: RETURNED }, 'ok', 'mqtt://b took a message as door and gave it back in 7 ms', ''],
    [{ ...external, trip: failed('connect', true) }, 'fail', 'mqtt://b as door: because', 'mqtt.passwordFile'],
    [{ ...external, trip: failed('connect', false) }, 'fail', 'because', 'check mqtt.url'],
    [{ ...external, trip: failed('subscribe', true) }, 'fail', 'cannot subscribe to p/doctor', 'read and write p/#'],
    [{ ...external, trip: failed('publish', true) }, 'fail', 'cannot publish to p/doctor', 'let door read and write'],
    [
      { ...external, trip: failed('return', false) },
      'fail',
      'nothing comes back on p/doctor',
      'let door read and write',
    ],
    [embedded, 'ok', 'embedded: port 1883 is free', ''],
    [{ ...embedded, ports: [] }, 'ok', 'embedded, on any free port', ''],
    [{ ...embedded, ports: [TAKEN] }, 'fail', '1883 is taken by mosquitto (process 7)', 'point mqtt.url at the broker'],
    [{ ...embedded, ports: [{ ...TAKEN, holder: null }] }, 'fail', 'a program of another user', 'another mqtt.port'],
    [{ ...embedded, ports: [FREE, { ...TAKEN, port: 9001 }] }, 'fail', 'port 9001 is taken', 'mqtt.webSocketPort'],
    [{ ...embedded, ports: [{ port: 80, state: 'refused', words: 'EACCES' }] }, 'fail', 'EACCES', 'another mqtt.port'],
    [{ ...embedded, ports: [TAKEN], daemonRuns: true, trip: RETURNED }, 'ok', 'the running daemon listens on 1883', ''],
    [{ ...embedded, ports: [TAKEN], daemonRuns: true, trip: failed('connect', false) }, 'fail', 'because', 'restart'],
    [{ ...embedded, daemonRuns: true }, 'warn', 'the running daemon does not listen on 1883', '--config'],
  ])('%j: %s', (facts, state, detail, remedy) => {
    const finding = judgeBroker(facts);
    expect(finding).toMatchObject({ check: 'broker', state, detail: expect.stringContaining(detail) });
    expect(finding.remedy ?? '').toContain(remedy);
  });
});
