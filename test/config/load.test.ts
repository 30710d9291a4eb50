// Loading the configuration: what is valid, and what is said about everything that is not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'onlooker-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const host = { hostname: 'kiosk-7' };
let files = 0;

function written(content: string | Uint8Array): string {
  files += 1;
  const path = join(folder, `config-${files}.yaml`);
  writeFileSync(path, content);
  return path;
}

const load = (text: string) => loadConfig(written(text), host);

function errorOf(path: string, hostname = host.hostname): ConfigError {
  try {
    loadConfig(path, { hostname });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no ConfigError was thrown');
}

const problemsOf = (text: string) => errorOf(written(text)).problems;

describe('a valid configuration', () => {
  it('may be absent, empty or only comments', () => {
    const { config, mqttPassword } = loadConfig(null, host);
    expect(config).toMatchObject({ site: 'local', screen: 'kiosk-7', mqtt: { url: null, port: 1883 } });
    expect(config.timezone).toMatch(/./);
    expect(mqttPassword).toBeNull();
    expect(load('').config).toEqual(config);
    expect(load('# nothing\n').config).toEqual(config);
    expect(load('{}').config).toEqual(config);
  });

  it('keeps the defaults of the keys beside the given ones, and of sections without keys', () => {
    const { config } = load('screen: hall\nsource:\n  width: 1280\ntracker:\n  # maxGapMs: 1000\n');
    expect(config.screen).toBe('hall');
    expect(config.source).toMatchObject({ width: 1280, height: 480, framesPerSecond: 10 });
    expect(config.tracker.maxGapMs).toBe(1000);
  });

  it('reads the password from its file, without the end of the line', () => {
    const file = written('s3cret word\n');
    const loaded = load(`mqtt: {url: 'mqtts://broker.example', username: screen, passwordFile: ${file}}`);
    expect(loaded.mqttPassword).toBe('s3cret word');
    expect(JSON.stringify(loaded.config)).not.toContain('s3cret');
  });

  it('reads the password of a network camera in the same way', () => {
    const file = written('s3cret\n');
    const loaded = load(`source: {input: 'rtsp://door.example/1', username: screen, passwordFile: ${file}}`);
    expect(loaded.sourcePassword).toBe('s3cret');
    expect(JSON.stringify(loaded.config)).not.toContain('s3cret');
  });

  it('takes opening hours, also past midnight, and days that are all days unless named', () => {
    const { openingHours } = load(
      "openingHours: [{from: '18:00', to: '02:00'}, {days: [sun], from: '10:00', to: '24:00'}]",
    ).config;
    expect(openingHours).toEqual([
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '18:00', to: '02:00' },
      { days: ['sun'], from: '10:00', to: '24:00' },
    ]);
  });

  it('takes other age groups, and letters of all languages in a topic', () => {
    const { config } = load('site: Köln\nage: {groups: [{name: any, fromYears: 0, toYears: null}]}');
    expect(config.site).toBe('Köln');
    expect(config.age.groups).toEqual([{ name: 'any', fromYears: 0, toYears: null }]);
  });
});

describe('an invalid configuration', () => {
  it('is told with all its problems at once, one per line, and exit code 78', () => {
    const error = errorOf(
      written(`
sourse: {}
site: a/b
source: {width: 641, camera: video0, framesPerSecond: fast}
models: {pack: 7}
tracker: {max_gap_ms: 500}
detector: {startConfidence: 1.5}
attention: [1]
log:
  level: 3
`),
    );
    expect(error.exitCode).toBe(78);
    expect([...error.problems].sort()).toEqual([
      'attention: must be a map of keys and values (got [1])',
      'detector.startConfidence: must be a number from 0 to 1 or null (got 1.5)',
      'log.level: must be debug, info, warn, error or silent (got 3)',
      'models.pack: must be text (got 7)',
      'site: must begin with a letter or digit and hold only letters, digits, ".", "_" and "-" (got "a/b")',
      'source.camera: must be a device such as /dev/video0, or rpicam, raspistill or jetson, of which the second is rpicam:1 (got "video0")',
      'source.framesPerSecond: must be a number from 0.2 to 30 (got "fast")',
      'source.width: must be a whole number from 160 to 1920, a multiple of 32 (got 641)',
      'sourse: unknown key, did you mean source?',
      'tracker.max_gap_ms: unknown key, did you mean tracker.maxGapMs?',
    ]);
    expect(error.message.split('\n')).toHaveLength(error.problems.length + 1);
  });

  it.each([
    ['width: 640', 'width: unknown key, did you mean source.width?'],
    [
      'mqtt: {quality: 1}',
      'mqtt.quality: unknown key, known here are url, port, webSocketPort, webSocketOrigins, username, passwordFile, protocolVersion, ttlMs',
    ],
    [
      'source: {input: a.mp4, camera: /dev/video0, wdth: 1}',
      'source.camera: cannot be used together with source.input, take one of them out (got "/dev/video0")',
    ],
    [
      'source: {input: a.mp4, command: [grab, --password, s3cret]}',
      'source.command: cannot be used together with source.input or source.camera, take one of them out (got ["grab"])',
    ],
    ['source: {camera: rpicam, scenario: family}', 'source.scenario: cannot be used together with source.input'],
    ['source: {rowBytes: 704}', 'source.rowBytes: needs source.command (got 704)'],
    ['source: {command: [a], rowBytes: 320}', 'source.rowBytes: must not be less than source.width (got 320)'],
    ['source: {username: a}', 'source.username: needs source.input (got "a")'],
    ['source: {passwordFile: /a}', 'source.passwordFile: needs source.username (got "/a")'],
    ['source: {camera: webcam}', 'source.camera: must be a device such as /dev/video0, or rpicam'],
    ['picture: {rotateDegrees: 45}', 'picture.rotateDegrees: must be 0 or 90 or 180 or 270 (got 45)'],
    ['picture: {region: {x: 0.6, y: 0, width: 0.5, height: 1}}', 'picture.region.width: must end within the picture'],
    ['picture: {mask: [[[0, 0], [1, 1]]]}', 'picture.mask[0]: must have 3 to 64 corners'],
    [
      'picture: {region: {x: 0.5, y: 0, width: 0.5, height: 1}, mask: [[[0, 0], [0.5, 0], [0.5, 1]]]}',
      'picture.mask: must show something of picture.region, else nobody can be seen',
    ],
    ['picture: {mask: [[[0, 0.5], [0.5, 0.5], [1, 0.5]]]}', 'picture.mask: must show something'],
    ["openingHours: [{from: '8:00', to: '20:00'}]", 'openingHours[0].from: must be a time such as 08:30'],
    ["openingHours: [{from: '08:00', to: '08:00'}]", 'openingHours[0].to: must differ from the start'],
    [
      "openingHours: [{form: '08:00', to: '20:00'}]",
      'openingHours[0].form: unknown key, known here are days, from, to',
    ],
    [
      'detector: {startConfidence: 0.5, continueConfidence: 0.6}',
      'detector.continueConfidence: must not be above detector.startConfidence (got 0.6)',
    ],
    ['timezone: Mars/Olympus', 'timezone: must be a time zone such as Europe/Berlin (got "Mars/Olympus")'],
    ['mqtt: {username: a}', 'mqtt.username: needs mqtt.url, since the embedded broker knows no users (got "a")'],
    [
      'mqtt: {url: broker}',
      'mqtt.url: must be an address such as mqtt://broker.example:1883 (mqtt, mqtts, ws or wss) (got "broker")',
    ],
    ['mqtt: {webSocketPort: 1883}', 'mqtt.webSocketPort: must differ from mqtt.port (got 1883)'],
    ['mqtt: {protocolVersion: 3}', 'mqtt.protocolVersion: must be 4 or 5 (got 3)'],
    ['store: {commitEveryMs: .nan}', 'store.commitEveryMs: must be a whole number from 1000 to 60000 (got NaN)'],
    ['age: {groups: []}', 'age.groups: must be a list of 1 to 12 elements (got [])'],
    [
      'age: {groups: [{name: a, fromYears: 1}]}',
      'age.groups[0].toYears: must be a whole number from 0 to 100 or null (got nothing)',
    ],
    ['- a', 'configuration: must be a map of keys and values (got "***")'],
    ['just text', 'configuration: must be a map of keys and values (got "just ***")'],
  ])('%s', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it.each([
    [
      'a gap',
      '[{name: a, fromYears: 0, toYears: 10}, {name: b, fromYears: 12, toYears: null}]',
      '[1].fromYears: must be 11',
    ],
    ['a late start', '[{name: a, fromYears: 3, toYears: null}]', '[0].fromYears: must be 0'],
    [
      'an open end in the middle',
      '[{name: a, fromYears: 0, toYears: null}, {name: b, fromYears: 1, toYears: null}]',
      '[0].toYears: must be a year',
    ],
    ['a closed end', '[{name: a, fromYears: 0, toYears: 99}]', '[0].toYears: must be null'],
    [
      'a name twice',
      '[{name: a, fromYears: 0, toYears: 9}, {name: a, fromYears: 10, toYears: null}]',
      '[1].name: is the name of two',
    ],
    ['a reserved name', '[{name: unknown, fromYears: 0, toYears: null}]', '[0].name: is the word for'],
  ])('age groups with %s', (_, groups, expected) => {
    expect(problemsOf(`age: {groups: ${groups}}`).join('\n')).toContain(`age.groups${expected}`);
  });

  it('never shows the credentials of an address', () => {
    const problems = problemsOf(
      "mqtt: {url: 'mqtt://screen:s3cret@broker'}\nsource: {input: ['rtsp://u:/s3cret@camera/1']}",
    );
    expect(problems).toHaveLength(2);
    expect(problems.join('\n')).not.toContain('s3cret');
  });

  it('shows no more of a long value than needed', () => {
    expect(problemsOf(`log: {level: ${'x'.repeat(5000)}}`)[0]?.length).toBeLessThan(200);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a syntax error', 'site: a\n  screen: [', 'line 2, column '],
    ['a key that is given twice', 'site: a\nscreen: b\nsite: c\n', 'line 3, column 1: this key is given twice'],
    ['a tab as indentation', 'source:\n\twidth: 640\n', 'line 2, column 1: '],
    ['an alias without an anchor', 'site: *missing\n', 'Unresolved alias'],
  ])('%s', (_, text, expected) => {
    const error = errorOf(written(text));
    expect(error.problems.join('\n')).toContain(expected);
    expect(error.exitCode).toBe(78);
  });

  it('a document that doubles itself', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}, *k${i}, *k${i}]`);
    expect(problemsOf(`k0: &k0 [x, x]\n${levels.join('\n')}`)[0]).toMatch(/alias/);
  });

  it('a missing file, a folder, a picture', () => {
    expect(errorOf(join(folder, 'none.yaml')).message).toMatch(/none\.yaml cannot be used:\n {2}there is no such file/);
    expect(errorOf(folder).problems[0]).toMatch(/this is a folder/);
    expect(errorOf(written(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).problems[0]).toMatch(/not a text file/);
  });

  it('a password file that is missing, empty or a folder, beside the other problems', () => {
    const withFile = (file: string) =>
      problemsOf(`site: ''\nmqtt: {url: 'mqtt://b', username: u, passwordFile: ${file}}`);
    expect(withFile('/nowhere/password')).toHaveLength(2);
    expect(withFile('/nowhere/password')[1]).toMatch(
      /^mqtt\.passwordFile: cannot be read: ENOENT.*\(got "\/nowhere\/password"\)$/,
    );
    expect(withFile(written('\n'))[1]).toMatch(/^mqtt\.passwordFile: holds no password/);
    expect(withFile(folder)[1]).toMatch(/^mqtt\.passwordFile: cannot be read: EISDIR/);
  });

  it('asks for a screen where the name of the host cannot be one', () => {
    expect(errorOf(written(''), 'my host/1').problems).toEqual([
      'screen: must be set, since the name of this host cannot be a part of a topic (got "my host/1")',
    ]);
    expect(loadConfig(written('screen: hall'), { hostname: 'my host/1' }).config.screen).toBe('hall');
  });
});
