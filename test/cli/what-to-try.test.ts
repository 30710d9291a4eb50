// The commands that a banner prints work when they are copied.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { statsCommand, watchCommand } from '../../src/cli/what-to-try.ts';

it.each([
  ['mqtt://127.0.0.1:1883', null, "-h 127.0.0.1 -p 1883 -t 'o/#' -v"],
  ['mqtt://broker.example', 'screen', "-h broker.example -p 1883 -u screen -P PASSWORD -t 'o/#' -v"],
  ['mqtts://broker.example', null, "-h broker.example -p 8883 --capath /etc/ssl/certs -t 'o/#' -v"],
  ['mqtts://[::1]:8884', null, "-h ::1 -p 8884 --capath /etc/ssl/certs -t 'o/#' -v"],
])('%s is watched on its own port', (url, username, options) => {
  expect(watchCommand(url, 'o', username)).toBe(`mosquitto_sub ${options}`);
});

it.each(['ws://127.0.0.1:9001', 'wss://broker.example/mqtt'])('%s cannot be watched so', (url) => {
  expect(watchCommand(url, 'o', null)).toBeNull();
});

it('the statistics are those of the configuration, whatever its file is called', () => {
  expect(statsCommand('/tmp/state-1', undefined)).toBe('npx onlooker stats --state /tmp/state-1');
  const command = statsCommand('/tmp/a b', "my screen's.yaml").replace('npx onlooker', "printf '%s|'");
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(
    "stats|--state|/tmp/a b|--config|my screen's.yaml|",
  );
});
