// How an error becomes an exit code and words: what a person can cure says how, a bug shows where.
import { expect, it } from 'vitest';
import { CaptureError } from '../../src/capture/capture-error.ts';
import { errorText, exitCodeOf } from '../../src/cli/exit-code.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { SourceError } from '../../src/daemon/eye/source-error.ts';
import { MqttError } from '../../src/mqtt/mqtt-error.ts';
import { RecordingError } from '../../src/recording/recording-error.ts';
import { StorageError } from '../../src/sqlite/storage-error.ts';

it.each([
  [64, new UsageError('--last week is no duration')],
  [66, new CaptureError('There is no camera')],
  [66, new SourceError('film a.mp4 broke off')],
  [66, new RecordingError('Cannot read the recording')],
  [74, new StorageError('Cannot open')],
  [78, new ConfigError('onlooker.yaml', ['age: must be a map'])],
  [78, new MqttError('Port 1883 is taken')],
])('is %d for what a person can cure, in its own words', (code, error) => {
  expect(exitCodeOf(error)).toBe(code);
  expect(errorText(error)).toBe(error.message);
});

it('is 70 for a bug, with the place to look', () => {
  const bug = new TypeError('x is undefined');
  expect(exitCodeOf(bug)).toBe(70);
  expect(errorText(bug)).toContain('This is a bug in Onlooker');
  expect(errorText(bug)).toContain('exit-code.test.ts');
});

it('is 70 for what is no error at all', () => {
  expect([exitCodeOf('a word'), errorText('a word')]).toEqual([70, 'a word']);
});
