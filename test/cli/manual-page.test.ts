// The manual page: groff has nothing to complain about, and it tells what the help tells.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandTable } from '../../src/cli/command-line.ts';
import { manualPage } from '../../src/cli/manual-page.ts';

const PAGE = fileURLToPath(new URL('../../deploy/debian/onlooker.1', import.meta.url));
const hasMan = spawnSync('man', ['--version']).status === 0;

test.skipIf(!hasMan)('man has no complaint and shows every command (skipped where man is missing)', () => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
  const { status, stderr, stdout } = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', PAGE], {
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const command of commandTable(() => undefined).commands) expect(stdout).toContain(`onlooker ${command.name()}`);
  expect(stdout).toMatch(/78 +the configuration is wrong/);
  expect(stdout).toContain('/etc/onlooker/onlooker.yaml');
  expect(stdout).toContain('/var/lib/onlooker');
});

test('what groff would take for a request or an escape comes out as it is', () => {
  const odd = '.dots, \'quotes\' and "more"';
  const program = new Command('odd').description(odd);
  program
    .command('inner')
    .description("'it is a path: C:\\new")
    .option('--so-so', '.hidden')
    .addHelpText('after', '\n.first line\n  odd inner --so-so');
  const page = manualPage(program);
  const requests = page.split('\n').filter((line) => /^['.]/.test(line));
  expect(requests.filter((line) => !/^\.(\\"|TH|SH|SS|TP|PP|EX|EE|B|I|BR|RI)( |$)/.test(line))).toEqual([]);
  if (!hasMan) return;
  const text = execFileSync('groff', ['-man', '-ww', '-Tascii', '-P-bcou'], { input: page, encoding: 'utf8' });
  for (const words of [odd, "'it is a path: C:\\new", '.hidden', '.first line', '  odd inner --so-so']) {
    expect(text).toContain(words);
  }
});

test('no bare hyphen, which lintian takes for a minus that cannot be searched for', () => {
  const body = readFileSync(PAGE, 'utf8').split('\n').slice(1);
  expect(body.filter((line) => /(?<!\\)-/.test(line))).toEqual([]);
});
