// onlooker rules test plays a recording or a scenario through the real decisions and draws when each trigger was on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordingOf } from '../daemon/daemon-rig.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

it('tells each turn with its time and reason, draws it and sums it up', async () => {
  const { code, stdout, stderr } = await runInProcess('rules', 'test', rules(), '--recording', await visit());
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/visit\.jsonl: 11 s from mon 12:00:00 on, 120 frames$/);
  expect(turnsIn(lines)).toEqual([
    ['0:00:00.0', '12:00:00', 'posters', 'on', 'nobody is there'],
    ['0:00:05.0', '12:00:05', 'hello', 'on', 'at least 1 person, here for 2 s: 1 of 1 present'],
    ['0:00:05.0', '12:00:05', 'posters', 'off', 'hello is on'],
    ['0:00:09.0', '12:00:09', 'hello', 'off', 'nobody is there'],
    ['0:00:09.0', '12:00:09', 'posters', 'on', 'nobody is there'],
  ]);
  expect(lines.find((line) => line.startsWith('hello'))).toMatch(/^hello +·{10,}.?█{10,}.?·+ +4\.0 s +1 ×$/);
  expect(stdout).toContain('Never came on: crowd.');
});

it('tells the same as JSON, each time', async () => {
  const args = ['rules', 'test', rules(), '--recording', await visit(), '--json'];
  const { code, stdout } = await runInProcess(...args);
  expect(code).toBe(0);
  expect((await runInProcess(...args)).stdout).toBe(stdout);
  const timeline = JSON.parse(stdout);
  expect(timeline).toMatchObject({ from: '2026-01-05T12:00:00.000Z', lastsSeconds: 11.9, never: ['crowd'] });
  expect(timeline.triggers).toEqual([
    { trigger: 'hello', onSeconds: 4, times: 1 },
    { trigger: 'crowd', onSeconds: 0, times: 0 },
    { trigger: 'posters', onSeconds: 7.9, times: 2 },
  ]);
  expect(timeline.turns[1]).toMatchObject({ seconds: 5, at: '2026-01-05T12:00:05.000Z', trigger: 'hello', on: true });
});

it('a scenario is tried on the clock that it asks for, and a camera that is away is noticed', async () => {
  const path = join(tempFolder(), 'scene.yaml');
  const people = 'arrivals:\n  - { atSeconds: [1], staySeconds: [60, 60], lookSeconds: [60, 60] }\n';
  writeFileSync(
    path,
    `startsAt: '08:30'\nlastsSeconds: 40\n${people}cameraLosses: [{ atSeconds: 20, lastsSeconds: 10 }]\n`,
  );
  const args = ['rules', 'test', rules(), '--scenario', path, '--seed', '3', '--json'];
  const { turns, lastsSeconds } = JSON.parse((await runInProcess(...args)).stdout);
  expect(lastsSeconds).toBe(40);
  const blind = turns.find(({ seconds, trigger }: Turn) => seconds >= 20 && trigger === 'posters');
  expect(blind).toMatchObject({ seconds: 20, on: true, reason: 'nothing is known: health is reconnecting' });
  expect(blind.at).toMatch(/T08:30:20/);
});

it('a rule about days is tried at a time of one’s choice, and what never was its time is said', async () => {
  const path = join(tempFolder(), 'rules.yaml');
  const friday = '{ name: drinks, when: [{ atLeast: 1 }, { days: [fri] }, { between: 17:00-17:05 }] }';
  writeFileSync(path, `timezone: UTC\ntriggers:\n  minors: { gate: false }\n  rules:\n    - ${friday}\n`);
  const tried = async (at: string) =>
    (await runInProcess('rules', 'test', path, '--scenario', 'family', '--for', '15s', '--at', at)).stdout;
  expect(await tried('2026-11-27T17:04:50')).toMatch(/15 s from fri 17:04:50 on.*Every trigger came on\.\n$/s);
  expect(await tried('2026-11-28T17:00')).toContain(
    'Never came on: drinks (only on fri, between 17:00 and 17:05).\nThe clock showed sat 17:00 to sat 17:00; --at begins a scenario at another time.\n',
  );
  const wrong = await runInProcess('rules', 'test', path, '--scenario', 'family', '--at', 'friday');
  expect(wrong).toMatchObject({ code: 64, stderr: expect.stringContaining('--at friday is no day or instant') });
});

type Turn = Readonly<{ seconds: number; trigger: string }>;

it('refuses a broken recording, a scenario that is not there, a file without rules, and nothing to try', async () => {
  const broken = await visit();
  writeFileSync(broken, '{"at":13000}\n', { flag: 'a' });
  const empty = join(tempFolder(), 'empty.yaml');
  writeFileSync(empty, 'screen: lobby\n');
  const outcome = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runInProcess('rules', 'test', ...args);
    expect(stdout).toBe('');
    return [code, stderr];
  };
  expect(await outcome(rules(), '--recording', broken)).toEqual([66, expect.stringContaining(`${broken}:122:`)]);
  expect(await outcome(rules(), '--scenario', 'nowhere')).toEqual([66, expect.stringContaining('"nowhere"')]);
  expect(await outcome(empty, '--scenario', 'family')).toEqual([64, expect.stringContaining('holds no rules')]);
  expect(await outcome(rules())).toEqual([64, expect.stringContaining('--recording FILE or --scenario NAME')]);
  expect(await outcome(rules(), '--recording', broken, '--seed', '1')).toEqual([64, expect.stringContaining('--seed')]);
});

/** Somebody is there from the second to the eighth second. */
function visit(): Promise<string> {
  const visitor = walkPast({ from: 2000, until: 8000, looksAt: [2000, 8000] });
  return recordingOf({ header: headerOf(), observations: film([visitor], { until: 12_000 }) });
}

function rules(): string {
  const path = join(tempFolder(), 'rules.yaml');
  const list = [
    '{ name: hello, when: [{ atLeast: 1, who: { dwellSeconds: 2 } }], afterSeconds: 1 }',
    '{ name: crowd, when: [{ atLeast: 5 }] }',
  ];
  const gate = 'minors: { gate: false }';
  const triggers = `triggers:\n  default: posters\n  ${gate}\n  rules:\n${list.map((rule) => `    - ${rule}\n`).join('')}`;
  writeFileSync(path, `timezone: UTC\n${triggers}`);
  return path;
}

/** Since the start, clock, trigger, on or off, reason. */
function turnsIn(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.flatMap((line) => {
    const [, ...parts] = line.match(/^ *(\d:\S+) +(\S+) +(\S+) +(on|off) +(.+)$/) ?? [];
    return parts.length === 0 ? [] : [parts];
  });
}
