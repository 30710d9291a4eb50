// The set-up in this process: what a second run keeps, and what it makes of an embedded broker that cannot have its port.
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/daemon/clock.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { runSetup } from '../../src/setup/run-setup.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('a pack that there is not is replaced by one that counts, or by the default one where that is wanted', async () => {
  const place = newPlace('models: {pack: yunett}\ndetector: {farWidth: 960}\nmqtt: {port: 0}\n');
  const shown = await place.ask({ 'Go on?': ['y'] });
  expect(shown).toMatch(/yunett.*\nIt is not kept: one that comes with Onlooker takes its place\./);
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({ models: { pack: 'count-only' } });
  const other = newPlace('models: {packFile: /none/pack.yaml}\nmqtt: {port: 0}\n');
  await other.ask({ 'Go on?': ['y'], 'Which one? [1]': ['2'] });
  expect(parse(readFileSync(other.config, 'utf8'))).not.toHaveProperty('models');
});

it('addresses that nobody can mean are asked for again', async () => {
  const place = newPlace('mqtt: {port: 0}\n');
  const cameras = [
    'rtsp://admin:p%E4ss@10.0.0.9/',
    'rtsp://:pw@10.0.0.9/',
    'rtsp://admin:100%@10.0.0.9/',
    '/dev/video7',
    '',
  ];
  const brokers = ['mqtt://:token@10.0.0.9', 'embedded'];
  const shown = await place.ask({
    'Go on?': ['y'],
    'Which one: a number': cameras,
    'an address such as mqtt:': brokers,
  });
  expect(shown.match(/no address of a stream/g)).toHaveLength(3);
  expect(shown.match(/That is neither embedded nor an address/g)).toHaveLength(1);
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({ source: { camera: '/dev/video7' } });
});

it('a second run with nothing but Enter changes nothing', async () => {
  const place = newPlace();
  const broker = `mqtt://127.0.0.1:${await freePort()}`;
  await place.answer(`camera: /dev/video7\nbroker: ${broker}\nprivacy: count-only\ndistanceMeters: 5\n`);
  const before = readFileSync(place.config, 'utf8');
  expect(parse(before)).toMatchObject({ detector: { farWidth: 960 } });
  const shown = await place.ask({ 'Go on?': ['y'] });
  expect(shown).toContain('How far away are people at most, in meters? [6]');
  expect(shown).toContain(`${place.config} says all that already.`);
  expect(readFileSync(place.config, 'utf8')).toBe(before);
});

it('a width that is configured goes where the people are nearer now', async () => {
  const place = newPlace('source: {width: 960, height: 720}\ndetector: {farWidth: 960}\nmqtt: {port: 0}\n');
  await place.ask({ 'Go on?': ['y'], 'How far': ['2'] });
  expect(parse(readFileSync(place.config, 'utf8'))).not.toHaveProperty('detector');
});

it('Enter does not keep an embedded broker whose port is taken, and offers that of the machine', async () => {
  const place = newPlace(`mqtt: {port: ${await listening(createServer())}}\n`);
  const other = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(other.close);
  const shown = await place.ask({ 'Go on?': ['y'], 'an address such as mqtt:': ['', 'embedded', other.url] });
  expect(shown).toMatch(
    /\[embedded\].*\nembedded: port \d+ is taken by .*\n {2}→ the service cannot start so: .*\n.*\[mqtt:\/\/127\.0\.0\.1:1883\]/,
  );
  expect(shown).not.toContain('--state');
  expect(shown.match(/cannot start so/g)).toHaveLength(2);
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({ mqtt: { url: other.url } });
});

it('tries another broker without the password of the one before', async () => {
  const place = newPlace('mqtt: {url: "mqtt://127.0.0.1:9", username: door, passwordFile: mqtt-password}\n');
  writeFileSync(join(place.folder, 'mqtt-password'), 's3cret\n', { mode: 0o600 });
  const other = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(other.close);
  const shown = await place.ask({ 'Go on?': ['y'], 'an address such as mqtt:': [other.url] });
  expect(shown).toContain(`${other.url} took a message and gave it back`);
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({ mqtt: { url: other.url } });
});

it('in a file of answers such a broker is refused before anything is written, unless it is the own one', async () => {
  const { port, close } = await startBroker({ port: 0, webSocketPort: null });
  onTestFinished(close);
  const before = `mqtt: {port: ${port}}\n`;
  const place = newPlace(before);
  const answers = 'camera: auto\nbroker: embedded\nprivacy: count-only\n';
  await expect(place.answer(answers)).rejects.toThrow(
    /answers\.yaml cannot be used:\n {2}broker: embedded: port \d+ is taken by .*: the service cannot start so/,
  );
  expect(readFileSync(place.config, 'utf8')).toBe(before);
  const descriptor = openSync(join(place.stateFolder, 'lock.sqlite'), 'w');
  onTestFinished(() => closeSync(descriptor));
  expect(await place.answer(answers)).toContain('the running daemon listens on');
});

it('auto keeps the broker of the machine that an earlier set-up found', async () => {
  const place = newPlace('mqtt: {url: "mqtt://127.0.0.1:1883"}\n');
  await place.answer('camera: auto\nbroker: auto\nprivacy: age-and-gender\n');
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({ mqtt: { url: 'mqtt://127.0.0.1:1883' } });
});

it.each([
  ['camera: /dev/video7', 'Camera: /dev/video7 (it is not there: Onlooker waits for it;'],
  ['camera: auto', 'Camera: /dev/video0 (it is not there: Onlooker waits for it;'],
  ['camera: rpicam', 'Camera: rpicam (it is not there: Onlooker waits for it;'],
  ['camera: /dev/null', 'Camera: /dev/null\n'],
])('%s: %s', async (camera, line) => {
  const place = newPlace('mqtt: {port: 0}\n');
  expect(await place.answer(`${camera}\nbroker: embedded\nprivacy: count-only\n`)).toContain(line);
});

/** On a machine without cameras. */
function newPlace(before = '') {
  const folder = tempFolder();
  const stateFolder = tempFolder();
  const config = join(folder, 'onlooker.yaml');
  writeFileSync(config, before);
  const run = async (answersFile: string | null, answers: Readonly<Record<string, readonly string[]>>) => {
    const shown: string[] = [];
    const left = new Map(Object.entries(answers).map(([question, texts]) => [question, [...texts]]));
    const ask = async (question: string) => {
      shown.push(question);
      return [...left].find(([part]) => question.includes(part))?.[1].shift() ?? '';
    };
    await runSetup({
      ...{ configPath: config, answersFile, force: true, start: false, stateFolder, hostname: 'door' },
      dialog: { say: (line) => shown.push(line), ask, askSecret: ask },
      canvas: { columns: 80, rows: 20, colors: 'none' },
      machine: { sysFolder: folder, devFolder: folder, isInstalled: () => false, ask: async () => '' },
      run: async () => ({ code: 1, said: '' }),
      clock: systemClock,
    });
    return shown.join('\n');
  };
  return {
    ...{ folder, config, stateFolder },
    ask: (answers: Readonly<Record<string, readonly string[]>>) => run(null, answers),
    answer: (text: string) => {
      const file = join(folder, 'answers.yaml');
      writeFileSync(file, text);
      return run(file, {});
    },
  };
}
