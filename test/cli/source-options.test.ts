// The source of the command line takes the place of the configured one, with all that belongs to that.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configured } from '../../src/cli/source-options.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a camera in place of a command', () => {
  const config = written({ command: ['cam'], rowBytes: 704, width: 672 });
  expect(configured({ config }).config.source).toMatchObject({ command: ['cam'], rowBytes: 704 });
  const { source } = configured({ config, camera: 'rpicam' }).config;
  expect(source).toMatchObject({ camera: 'rpicam', input: null, command: null, rowBytes: null, width: 672 });
});

test.each(['video0', 'jetson:12', '--for'])('no camera is called %s', (camera) => {
  expect(() => configured({ camera })).toThrow(/--camera must be a device such as .+onlooker cameras lists/);
});

test('the password of one address is not sent to another', () => {
  const folder = tempFolder();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'hunter2');
  const config = written({ input: 'rtsp://camera/live', username: 'me', passwordFile });
  expect(configured({ config }).config.source).toMatchObject({ username: 'me' });
  expect(configured({ config, input: 'rtsp://other/live' }).config.source).toMatchObject({
    input: 'rtsp://other/live',
    username: null,
    passwordFile: null,
  });
});

/** JSON is YAML. */
function written(source: Readonly<Record<string, unknown>>): string {
  const file = join(tempFolder(), 'onlooker.yaml');
  writeFileSync(file, JSON.stringify({ source }));
  return file;
}
