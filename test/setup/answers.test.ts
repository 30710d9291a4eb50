// The file of answers: what it means, and every problem of one that is wrong.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Answers, exampleAnswers, readAnswers } from '../../src/setup/answers.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FOUND = { camera: 'rpicam', broker: 'mqtt://127.0.0.1:1883' };

it('the example is a file of answers, and says of each what it may be', () => {
  const text = exampleAnswers();
  expect(text).toContain('# Value: count-only or age-and-gender; has to be given.\nprivacy: age-and-gender');
  expect(read(text)).toMatchObject({
    source: { camera: 'rpicam', input: null, login: null },
    broker: { url: 'mqtt://127.0.0.1:1883', login: null },
    ...{ distanceMeters: 2.5, estimatesAgeAndGender: true, minorsGate: true, k: 1, site: null },
  });
});

it('passwords are read from their files', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'broker'), 's3cret\n');
  const answers = read(`
input: rtsp://camera.example/1
inputUsername: viewer
broker: mqtts://broker.example
brokerUsername: door
brokerPasswordFile: ${join(folder, 'broker')}
privacy: count-only
site: mall`);
  expect(answers.source).toEqual({
    camera: null,
    input: 'rtsp://camera.example/1',
    login: { username: 'viewer', password: null },
  });
  expect(answers.broker).toEqual({ url: 'mqtts://broker.example', login: { username: 'door', password: 's3cret' } });
  expect(answers).toMatchObject({ estimatesAgeAndGender: false, site: 'mall' });
});

const MISSING = [
  'camera: has to be given, at least as auto, where there is no input (got nothing)',
  'broker: must be auto, embedded or an address such as mqtt://broker.example:1883 (got nothing)',
  'privacy: must be count-only or age-and-gender (got nothing)',
];

it.each<readonly [string, string, readonly string[]]>([
  ['missing', '', MISSING],
  ['missing, in a file of comments', '# nothing\n', MISSING],
  [
    'wrong',
    'camera: webcam\nbroker: broker.example\nprivacy: some\ndistanceMeters: far\nminorsGate: perhaps\nk: 0',
    [
      'camera: must be auto, or as onlooker cameras names it (got "webcam")',
      'broker: must be auto, embedded or an address such as mqtt://broker.example:1883 (got "broker.example")',
      'privacy: must be count-only or age-and-gender (got "some")',
      'distanceMeters: must be a number from 0.3 to 30 (got "far")',
      'minorsGate: must be true or false (got "perhaps")',
      'k: must be a whole number from 1 to 100 (got 0)',
    ],
  ],
  [
    'unknown',
    'camera: auto\nbroker: embedded\nprivacy: count-only\nbrokerPassword: s3cret\ndistance: 3',
    [
      'brokerPassword: unknown key, did you mean brokerPasswordFile?',
      expect.stringMatching(/^distance: unknown key/),
    ] as string[],
  ],
  [
    'contradictory',
    'camera: auto\ninput: rtsp://camera.example/1\nbroker: embedded\nbrokerUsername: door\nprivacy: count-only\nminorsGate: false\nk: 5',
    [
      'input: contradicts camera: take one of them out (got "rtsp://camera.example/1")',
      'brokerUsername: contradicts broker: embedded, which knows no users (got "door")',
      'minorsGate: contradicts privacy: count-only, which estimates no age (got false)',
      'k: contradicts privacy: count-only, which estimates neither age nor gender (got 5)',
    ],
  ],
  [
    'half',
    'camera: auto\ninputUsername: viewer\nbroker: mqtt://broker.example\nbrokerPasswordFile: /nowhere\nprivacy: count-only',
    [
      'inputUsername: needs input (got "viewer")',
      'brokerPasswordFile: needs brokerUsername (got "/nowhere")',
      expect.stringMatching(/^brokerPasswordFile: cannot be read: ENOENT/),
    ] as string[],
  ],
  [
    'with a password in them',
    'camera: auto\nbroker: mqtt://door:s3cret@broker.example\nprivacy: count-only',
    ['broker: must not hold credentials: use brokerUsername and brokerPasswordFile (got "mqtt://***@broker.example")'],
  ],
])('answers that are %s are told one by one', (_, text, problems) => {
  expect(problemsIn(text)).toHaveLength(problems.length);
  expect(problemsIn(text)).toEqual(expect.arrayContaining([...problems]));
});

it('a file that is no list of answers', () => {
  expect(problemsIn('- auto\n- embedded')).toContainEqual(
    expect.stringMatching(/^configuration: must be a map of keys and values/),
  );
});

it('a user of a broker that is to be found', () => {
  expect(problemsIn('camera: auto\nbroker: auto\nbrokerUsername: door\nprivacy: count-only')).toEqual([
    'brokerUsername: contradicts broker: auto, which may be one without users: give the address (got "door")',
  ]);
});

it('auto is the broker within where no other is found', () => {
  const file = join(tempFolder(), 'answers.yaml');
  writeFileSync(file, 'camera: auto\nbroker: auto\nprivacy: count-only');
  expect(readAnswers(file, { camera: 'rpicam', broker: null }).broker).toEqual({ url: null, login: null });
});

it('a file that is not there yet', () => {
  const file = join(tempFolder(), 'answers.yaml');
  expect(() => readAnswers(file, FOUND)).toThrow(
    `${file} cannot be used:\n  there is no such file: onlooker setup --print-answers > FILE makes one`,
  );
});

function problemsIn(text: string): unknown {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error && 'problems' in error ? error.problems : error;
  }
  return [];
}

function read(text: string): Answers {
  const file = join(tempFolder(), 'answers.yaml');
  writeFileSync(file, text);
  return readAnswers(file, FOUND);
}
