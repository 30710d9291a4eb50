// The command line teaches, refuses what cannot be meant, and says with its exit code whose fault it was.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/daemon/installation.ts';
import { COPY } from '../../src/models/repair.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('help', () => {
  it.each([
    ['run', ['--config <file>', '--camera <camera>', 'onlooker run --camera /dev/video0 --record visit.jsonl']],
    ['demo', ['--for <duration>', '30s, 5m, 1h', 'onlooker demo --for 30s --json']],
    ['replay', ['<recording>', '--speed <factor>', '--state <folder>', 'default: "max"']],
    ['stats', ['--last <duration>', '--from <time>', 'onlooker stats --from 2026-03-01 --to 2026-03-07']],
  ])('of %s shows its options and what to type', async (command, parts) => {
    const { code, stdout, stderr } = await runInProcess(command, '--help');
    expect([code, stderr]).toEqual([0, '']);
    for (const part of parts) expect(stdout).toContain(part);
  });

  it('lists every command with what it is for', async () => {
    const { code, stdout } = await runInProcess('--help');
    expect(code).toBe(0);
    for (const command of ['run', 'demo', 'replay', 'stats'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} .* \\w`, 'm'));
  });

  it('is what one gets without a command', async () => {
    const { code, stderr } = await runInProcess();
    expect(code).toBe(64);
    expect(stderr).toContain('Usage: onlooker');
  });

  it('names the version', async () => {
    expect(await runInProcess('--version')).toEqual({ code: 0, stdout: `${version()}\n`, stderr: '' });
  });
});

describe('a command line that is wrong', () => {
  it.each([
    ['an unknown command', ['stat'], "unknown command 'stat'", '(Did you mean stats?)'],
    ['an unknown option', ['run', '--camara', '/dev/video0'], "unknown option '--camara'", '(Did you mean --camera?)'],
    ['two sources', ['run', '--input', 'a.mp4', '--camera', '/dev/video0'], '--input', '--camera'],
    ['two sources of the demo', ['demo', '--camera', '/dev/video0', '--input', 'a.mp4'], '--input', '--camera'],
    ['an option without its value', ['run', '--config'], '--config', 'argument missing'],
    ['a replay of nothing', ['replay'], 'recording', 'missing required argument'],
    ['one argument too many', ['stats', 'today'], 'too many arguments', 'stats'],
    ['a time in two ways', ['stats', '--last', '1h', '--from', '2026-03-01'], '--last', 'not both'],
    ['a duration that is none', ['stats', '--last', 'week'], '--last week', '30m, 1h or 7d'],
    ['a day that is none', ['stats', '--from', '2026-02-30'], '--from 2026-02-30', '2026-03-29'],
    ...['30', 'soon', '0s', '-5s', '5 s', '1w', ''].map((text): [string, string[], string, string] => [
      `--for "${text}"`,
      ['demo', `--for=${text}`],
      '--for',
      '30s, 5m or 1h',
    ]),
    ...['0', '-1', 'fast', ''].map((text): [string, string[], string, string] => [
      `--speed "${text}"`,
      ['replay', 'a.jsonl', `--speed=${text}`],
      '--speed',
      'or max',
    ]),
  ])('with %s is refused, saying which part and how it is meant', async (_, args, part, remedy) => {
    const { code, stdout, stderr } = await runInProcess(...args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(part);
    expect(stderr).toContain(remedy);
    expect(stderr).not.toContain('bug');
  });
});

describe('a configuration that is wrong', () => {
  it.each(['run', 'demo', 'stats', 'replay'])('stops %s with every problem, one a line', async (command) => {
    const path = join(tempFolder(), 'onlooker.yaml');
    writeFileSync(path, 'mqtt:\n  ports: 1884\n  ttlMs: soon\ntracker:\n  maxGapMs: 100\nage: 3\n');
    const file = command === 'replay' ? ['a.jsonl'] : [];
    const { code, stdout, stderr } = await runInProcess(command, ...file, '--config', path);
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `onlooker: ${path} cannot be used:`,
      expect.stringMatching(/^ {2}\S+: /),
      expect.stringMatching(/^ {2}\S+: /),
      expect.stringMatching(/^ {2}\S+: /),
      expect.stringMatching(/^ {2}\S+: /),
    ]);
    expect(stderr).toContain('mqtt.ports: unknown key, did you mean mqtt.port?');
    expect(stderr).toMatch(/mqtt\.ttlMs: must be .* \(got "soon"\)/);
    expect(stderr).toMatch(/tracker\.maxGapMs: must be .* \(got 100\)/);
    expect(stderr).toMatch(/age: must be a map .* \(got 3\)/);
  });

  it('that is not there is named', async () => {
    const path = join(tempFolder(), 'nowhere.yaml');
    const { code, stderr } = await runInProcess('run', '--config', path);
    expect(code).toBe(78);
    expect(stderr).toContain(path);
  });
});

describe('what is missing', () => {
  it('among the models is named with the remedy', async () => {
    const folder = tempFolder();
    const config = join(folder, 'onlooker.yaml');
    writeFileSync(config, `models:\n  folder: ${folder}\n`);
    const { code, stderr } = await runInProcess('run', '--config', config);
    expect(code).toBe(66);
    expect(stderr).toBe(`onlooker: ${join(folder, 'full-range.onnx')}: is missing; ${COPY}\n`);
  });
});
