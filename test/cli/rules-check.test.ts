// onlooker rules check names the rules that never come on, with the reason, and shows for the others who brings them on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('a file whose rules all can come on is fine, and each has an example', async () => {
  const { code, stdout } = await runInProcess('rules', 'check', rulesFile(PERFUME, HELLO));
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'ok        perfume  for example 1 woman, attending (mon 00:00)',
      'ok        hello    for example 1 person, here for 3 s (mon 00:00)',
      '',
      '2 rules, all can come on',
      '',
    ].join('\n'),
  );
});

it('says why a rule never comes on, and which one goes first', async () => {
  const path = rulesFile(PERFUME, KIDS, NEVER, WOMEN_ONLY);
  const { code, stdout } = await runInProcess('rules', 'check', path);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^never +kids +no audience is like this: at least 1 person of child .*triggers\.minors/m);
  expect(stdout).toMatch(/^never +both +these exclude each other: all men; at least 1 woman$/m);
  expect(stdout).toMatch(/^shadowed +women +whenever it holds, perfume holds as well and goes first$/m);
  expect(stdout).toContain('4 rules, 3 of them never on');
});

it('children may come while the gate for minors is open', async () => {
  const path = rulesFile(KIDS);
  writeFileSync(path, '  minors: { gate: false }\n', { flag: 'a' });
  const { code, stdout } = await runInProcess('rules', 'check', path);
  expect([code, stdout]).toEqual([0, expect.stringContaining('1 person of child')]);
});

it('warns of rules that run without the gate for minors, since no net answers the age', async () => {
  const path = rulesFile(HELLO);
  expect(await runInProcess('rules', 'check', path)).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(path, 'models: { pack: count-only }\n', { flag: 'a' });
  const { code, stderr } = await runInProcess('rules', 'check', path, '--json');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Warning: the rules count minors like everybody: .+\.$/m)]);
});

it('tells the same as JSON', async () => {
  const { code, stdout } = await runInProcess('rules', 'check', rulesFile(HELLO, NEVER), '--json');
  expect(code).toBe(1);
  const someone = { gender: null, ageGroup: null, attentionMs: 0, attending: false, watcher: false, mayBeMinor: false };
  expect(JSON.parse(stdout)).toEqual([
    { rule: 'hello', state: 'ok', example: { present: [{ ...someone, dwellMs: 3000 }], day: 'mon', time: '00:00' } },
    { rule: 'both', state: 'never', reason: 'these exclude each other: all men; at least 1 woman' },
  ]);
});

it('a file without rules is fine, one that is wrong is refused like any configuration', async () => {
  const path = join(tempFolder(), 'rules.yaml');
  writeFileSync(path, 'screen: lobby\n');
  expect(await runInProcess('rules', 'check', path)).toMatchObject({ code: 0, stdout: `no rules in ${path}\n` });
  expect(await runInProcess('rules', 'check', path, '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  writeFileSync(path, 'triggers:\n  rules:\n    - { name: hello, when: [{ atLeats: 1 }] }\n');
  const { code, stderr } = await runInProcess('rules', 'check', path);
  expect([code, stderr]).toEqual([78, expect.stringContaining('atLeats')]);
});

const PERFUME = '{ name: perfume, when: [{ mostly: { gender: female }, of: attending }] }';
const HELLO = '{ name: hello, when: [{ atLeast: 1, who: { dwellSeconds: 3 } }] }';
const KIDS = '{ name: kids, when: [{ atLeast: 1, who: { ageGroups: [child] } }] }';
const NEVER = '{ name: both, when: [{ all: { gender: male } }, { atLeast: 1, who: { gender: female } }] }';
const WOMEN_ONLY = '{ name: women, when: [{ all: { gender: female }, of: attending }] }';

function rulesFile(...rules: readonly string[]): string {
  const path = join(tempFolder(), 'rules.yaml');
  writeFileSync(path, `triggers:\n  rules:\n${rules.map((rule) => `    - ${rule}\n`).join('')}`);
  return path;
}
