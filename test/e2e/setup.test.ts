// onlooker setup, its questions answered by another program on a pseudo-terminal.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { addProgram, type Behavior, fakeCamera, pathWith } from '../support/fake-programs.ts';
import { freePort } from '../support/free-port.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { startOnTerminal } from '../support/pseudo-terminal.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CAMERA = 'Which one: a number above, a name';
const DISTANCE = 'How far away are people';
const BROKER = 'Which one: embedded, or an address';
const PRIVACY = /Which one\? \[\d\]/;
const K = /Age group and gender of fewer than how many people .* \[1\]/;

it.skipIf(noMosquitto)(
  'an installer answers: the camera is shown, the broker wants a password, and what is written runs',
  async () => {
    const { url } = await startMosquitto({ user: { name: 'door', password: 's3cret' } });
    const place = newPlace();
    const terminal = startOnTerminal(['setup', '--config', place.config], { ...place.env, ...COLORS });
    await terminal.answer(CAMERA, '');
    await terminal.answer(DISTANCE, '');
    await terminal.answer(BROKER, url);
    await terminal.answer('User name at the broker?', 'door');
    await terminal.answer('Password?', 's3cret');
    await terminal.answer(PRIVACY, '1');
    expect(await terminal.ended).toBe(0);

    const shown = terminal.shown();
    expect(shown).toContain('1  imx219 (rpicam)');
    expect(terminal.raw()).toContain('\u001b[38;2;');
    expect(shown).toContain('▀▀▀▀');
    expect(shown).toContain('This is what it sees. It was shown here and is kept nowhere.');
    expect(shown).toMatch(
      /At 2\.5 m a face is 19 pixels wide for full-range, which needs 15: large enough, up to 3\.2 m/,
    );
    expect(shown).toMatch(/took a message as door and gave it back in \d+ ms/);
    expect(shown).toContain(`onlooker run --config ${place.config}`);
    expect(shown).not.toContain('fewer than');
    expect(terminal.raw()).not.toContain('s3cret');

    const passwordFile = join(place.folder, 'mqtt-password');
    expect(parse(readFileSync(place.config, 'utf8'))).toEqual({
      source: { camera: 'rpicam' },
      models: { pack: 'count-only' },
      mqtt: { url, username: 'door', passwordFile: 'mqtt-password' },
    });
    expect(readFileSync(passwordFile, 'utf8')).toBe('s3cret\n');
    expect([modeOf(place.config), modeOf(passwordFile)]).toEqual(['640', '600']);
    expect(readdirSync(place.folder).sort()).toEqual(['mqtt-password', 'onlooker.yaml']);
    expect((await runProgram(['config', 'check', place.config])).stdout).toBe('ok\n');

    const daemon = startProgram(['run', '--config', place.config], place.env);
    expect(await daemon.logged('started')).toMatchObject({ source: 'camera rpicam' });
    await daemon.logged('connected to the broker');
  },
);

it('keeps what was configured by hand, and a camera and a broker that are not there yet', async () => {
  const place = newPlace({ failure: 'busy' });
  const before = `# by hand\nsite: mall\nlog: {level: warn}\nmqtt: {url: "mqtt://127.0.0.1:${await freePort()}"}\n`;
  writeFileSync(place.config, before);
  const terminal = startOnTerminal(['setup', '--config', place.config], place.env);
  await terminal.answer('Go on? [y/N]', 'y');
  await terminal.answer(CAMERA, 'webcam');
  await terminal.answer(CAMERA, '1');
  await terminal.answer(CAMERA, '');
  await terminal.answer(DISTANCE, 'near');
  await terminal.answer(DISTANCE, '2 m');
  await terminal.answer(BROKER, 'broker');
  await terminal.answer(BROKER, '');
  await terminal.answer(BROKER, '');
  await terminal.answer(PRIVACY, '4');
  await terminal.answer(PRIVACY, '3');
  await terminal.answer(K, 'few');
  await terminal.answer(K, '5');
  expect(await terminal.ended).toBe(0);
  const shown = terminal.shown();
  expect(shown).toContain('That is no number above, no name of a camera and no address of a stream.');
  expect(shown).toMatch(/failed to acquire camera .*\.\nEnter keeps it all the same/);
  expect(shown).toContain('That is no number from 0.3 to 30.');
  expect(shown).toMatch(/ECONNREFUSED.*\n.*\nEnter keeps it all the same/);
  expect(shown).toContain('That is no number from 1 to 3.');
  expect(shown).toContain('That is no whole number from 1 to 100.');
  expect(parse(readFileSync(place.config, 'utf8'))).toEqual({
    ...parse(before),
    source: { camera: 'rpicam' },
    privacy: { k: 5 },
    triggers: { minors: { gate: false } },
  });
  const [copy] = readdirSync(place.folder).filter((name) => /^onlooker\.yaml\.\d{8}T\d{6}Z$/.test(name));
  expect(readFileSync(join(place.folder, copy ?? ''), 'utf8')).toBe(before);
});

it('writes nothing when it is told not to, or broken off with Ctrl-C', async () => {
  const place = newPlace();
  writeFileSync(place.config, 'site: mall\n');
  const refused = startOnTerminal(['setup', '--config', place.config], place.env);
  await refused.answer('Go on? [y/N]', '');
  expect(await refused.ended).toBe(0);
  expect(refused.shown()).toContain('Nothing was changed.');
  const other = join(place.folder, 'other.yaml');
  const broken = startOnTerminal(['setup', '--config', other], place.env);
  await broken.press(CAMERA, '\u0003');
  expect(await broken.ended).toBe(64);
  expect(broken.shown()).toContain('The set-up was broken off: nothing was changed.');
  expect(existsSync(other)).toBe(false);
  expect(readFileSync(place.config, 'utf8')).toBe('site: mall\n');
});

const COLORS = {
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  // Where it is set, Node takes no terminal for one with colors.
  CI: undefined,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
};

const HELLO = `0 : imx219 [3280x2464] (/base/soc/i2c0mux/i2c@1/imx219@10)
    Modes: 'SRGGB8' : 640x480 [206.65 fps - (1000, 752)/1280x960 crop]`;

function newPlace(behavior: Partial<Behavior> = {}) {
  const folder = tempFolder();
  const camera = fakeCamera('rpicam-vid', behavior);
  addProgram(camera.folder, 'rpicam-hello', `cat <<'TEXT'\n${HELLO}\nTEXT`);
  const state = tempFolder();
  return {
    folder,
    config: join(folder, 'onlooker.yaml'),
    env: { PATH: pathWith(camera.folder), XDG_STATE_HOME: state, TMPDIR: state },
  };
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
