// What is written of answers: only what differs, below its description, over what was configured before.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Answers } from '../../src/setup/answers.ts';
import { configurationText, settingsOf } from '../../src/setup/settings.ts';

const ANSWERS: Answers = {
  source: { camera: 'rpicam', input: null, login: null },
  distanceMeters: 3,
  fieldOfViewDegrees: null,
  broker: { url: null, login: null },
  estimatesAgeAndGender: true,
  minorsGate: true,
  k: 1,
  ...{ site: null, screen: null, timezone: null },
};
const FOUND = { farWidth: null, frame: null, packEstimates: true };

const written = (before: Record<string, unknown>, answers: Partial<Answers>, found: Partial<typeof FOUND> = {}) =>
  configurationText(settingsOf(before, { ...ANSWERS, ...answers }, { ...FOUND, ...found }));

it('only what differs from the defaults, each with its description', () => {
  expect(
    written({}, {}),
  ).toBe(`# Configuration of Onlooker, written by onlooker setup: change what you like, and check it with onlooker config check.
# Every key that is not here is at its default; docs/configuration.md lists them all.

# Where the frames come from. Without input, camera, command and scenario the demo scene is played.
source:
  # A camera, as onlooker cameras lists them: /dev/video0, rpicam, raspistill, jetson; the second is rpicam:1.
  # Value: text or null; default: null.
  camera: rpicam
`);
});

it('passwords stand in files of their own', () => {
  const text = written(
    {},
    {
      source: { camera: null, input: 'rtsp://camera.example/1', login: { username: 'viewer', password: 'p1' } },
      broker: { url: 'mqtt://broker.example', login: { username: 'door', password: null } },
    },
  );
  expect(parse(text)).toEqual({
    source: { input: 'rtsp://camera.example/1', username: 'viewer', passwordFile: 'source-password' },
    mqtt: { url: 'mqtt://broker.example', username: 'door' },
  });
});

it('what no answer is about stays, and what an answer replaces goes', () => {
  const rules = [{ name: 'women', when: [{ mostly: { gender: 'female' } }] }];
  const before = {
    site: 'mall',
    source: { input: 'film.mp4', framesPerSecond: 5 },
    triggers: { rules, minors: { gate: false, limitRatio: 0.3 } },
    mqtt: { url: 'mqtt://old.example', username: 'door', passwordFile: '/old', ttlMs: 3000 },
  };
  expect(parse(written(before, { screen: 'door' }))).toEqual({
    site: 'mall',
    screen: 'door',
    source: { camera: 'rpicam', framesPerSecond: 5 },
    triggers: { rules, minors: { limitRatio: 0.3 } },
    mqtt: { ttlMs: 3000 },
  });
});

it('the same broker keeps its login, another one gets none', () => {
  const mqtt = { url: 'mqtt://broker.example', username: 'door', passwordFile: '/old', protocolVersion: 5 };
  const to = (url: string) => parse(written({ mqtt }, { broker: { url, login: null } }))['mqtt'];
  expect(to('mqtt://broker.example')).toEqual(mqtt);
  expect(to('mqtt://other.example')).toEqual({ url: 'mqtt://other.example' });
});

it.each([
  ['none', {}, false, true, { pack: 'count-only' }],
  ['none any more', { pack: 'yunet' }, false, true, { pack: 'count-only' }],
  ['still none, with a pack of its own', { pack: 'clear-licences' }, false, false, { pack: 'clear-licences' }],
  ['both, with a pack of its own', { pack: 'yunet' }, true, true, { pack: 'yunet' }],
  ['both from now on', { pack: 'count-only' }, true, false, undefined],
])('of age and gender %s is estimated', (_, models, estimatesAgeAndGender, packEstimates, expected) => {
  const text = written({ models }, { estimatesAgeAndGender }, { packEstimates });
  expect(parse(text)['models']).toEqual(expected);
});

it('what was found about the faces', () => {
  const text = configurationText(
    settingsOf({}, ANSWERS, { ...FOUND, farWidth: 960, frame: { width: 960, height: 720 } }),
  );
  expect(parse(text)).toMatchObject({ source: { width: 960, height: 720 }, detector: { farWidth: 960 } });
});

it('moved nearer, the detector goes back to its default', () => {
  const before = { detector: { farWidth: 960, startConfidence: 0.6 } };
  expect(parse(written(before, { distanceMeters: 1 }))['detector']).toEqual({ startConfidence: 0.6 });
});

it.each([
  ['from now on', {}, { k: 5 }, { k: 5 }],
  ['no more', { k: 5 }, { k: 1 }, undefined],
  ['of what was stored before, where nothing is estimated', { k: 5 }, { estimatesAgeAndGender: false }, { k: 5 }],
])('few people are withheld %s', (_, privacy, answers, expected) => {
  expect(parse(written({ privacy }, answers))['privacy']).toEqual(expected);
});
