// onlooker setup with a file of answers: what is written, what is refused, and that nothing is lost.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('without a terminal and without answers it says how to give them', async () => {
  const { code, stdout, stderr } = await runInProcess('setup', '--config', join(tempFolder(), 'onlooker.yaml'));
  expect([code, stdout]).toEqual([64, '']);
  expect(stderr).toContain('--answers FILE');
});

it('what --print-answers prints is taken', async () => {
  const place = newPlace((await runInProcess('setup', '--print-answers')).stdout);
  const { code, stdout, stderr } = await setUp(place);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Camera: \S+(?: \(.*\))?\nAt 2\.5 m a face is 16 pixels wide for full-range, which needs 15: large enough/,
  );
  expect(stdout).toMatch(/^(embedded: port 1883 is free|mqtt:\/\/127\.0\.0\.1:1883)/m);
  // Whether it has a broker beside the camera depends on the machine.
  expect(parse(readFileSync(place.config, 'utf8'))).toMatchObject({
    source: { camera: expect.stringMatching(/^(\/dev\/|rpicam)/) },
  });
  expect((await setUp(place)).stdout).toContain(`${place.config} says all that already.`);
});

it('far away faces get a larger picture', async () => {
  const place = newPlace(
    'camera: /dev/video7\ndistanceMeters: 6\nbroker: mqtt://127.0.0.1:1\nprivacy: count-only\nsite: mall\n',
  );
  const { stdout } = await setUp(place);
  expect(stdout).toMatch(
    /At 6 m a face is 6 pixels wide .* too small in a picture 416 pixels wide, which reaches 2\.8 m/,
  );
  expect(parse(readFileSync(place.config, 'utf8'))).toEqual({
    site: 'mall',
    source: { camera: '/dev/video7', width: 960, height: 720 },
    models: { pack: 'count-only' },
    detector: { farWidth: 960 },
    mqtt: { url: 'mqtt://127.0.0.1:1' },
  });
});

it('answers that contradict each other change nothing', async () => {
  const place = newPlace('camera: auto\nbroker: embedded\nbrokerUsername: door\nprivacy: nothing\n');
  const { code, stderr } = await setUp(place);
  expect(code).toBe(78);
  expect(stderr).toMatch(
    /answers\.yaml cannot be used:\n {2}privacy: .*\n {2}brokerUsername: contradicts broker: embedded/,
  );
  expect(readdirSync(place.folder)).toEqual(['answers.yaml']);
});

it('what was changed by hand is replaced with --force only, and kept beside', async () => {
  const place = newPlace('camera: /dev/video7\nbroker: mqtt://127.0.0.1:1\nprivacy: age-and-gender\n');
  const before = 'log: {level: warn} # by hand\n';
  writeFileSync(place.config, before);
  const refused = await setUp(place);
  expect(refused.code).toBe(64);
  expect(refused.stderr).toContain('--force replaces it');
  expect(readFileSync(place.config, 'utf8')).toBe(before);
  const { code, stdout } = await setUp(place, '--force');
  expect(code).toBe(0);
  expect(parse(readFileSync(place.config, 'utf8'))).toEqual({
    source: { camera: '/dev/video7' },
    mqtt: { url: 'mqtt://127.0.0.1:1' },
    log: { level: 'warn' },
  });
  const [, copy = ''] = /^Kept as it was: (.+)$/m.exec(stdout) ?? [];
  expect(readFileSync(copy, 'utf8')).toBe(before);
});

type Place = Readonly<{ folder: string; config: string; answers: string }>;

function newPlace(text: string): Place {
  const folder = tempFolder();
  const answers = join(folder, 'answers.yaml');
  writeFileSync(answers, text);
  return { folder, config: join(folder, 'onlooker.yaml'), answers };
}

function setUp({ config, answers }: Place, ...options: readonly string[]) {
  return runInProcess('setup', '--config', config, '--answers', answers, ...options);
}
