// What bash offers when Tab is pressed, asked of bash itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { commandTable } from '../../src/cli/command-line.ts';
import { bashCompletion } from '../../src/cli/shell-completion.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TABLE = commandTable(() => undefined);
const OFFER = `
  eval "$SCRIPT"
  COMP_WORDS=(onlooker "$@") COMP_CWORD=$#
  _onlooker
  printf '%s\\n' "\${COMPREPLY[@]}"`;

test.each([
  [['d'], ['demo', 'doctor']],
  [['models', 'v'], ['verify']],
  [
    ['models', 'list', '--'],
    ['--config', '--json', '--help'],
  ],
  [
    ['run', '--c'],
    ['--config', '--camera'],
  ],
  [['run', '--config', 'my'], ['my config.yaml']],
  [['replay', 'my'], ['my config.yaml']],
  [['stats', '--state', ''], ['state']],
  [['demo', '--for', ''], []],
  [['stats', 'my'], []],
  [['nonsense', '--h'], ['--help']],
])('onlooker %j', (words, expected) => {
  expect(offered(TABLE, words)).toEqual(expected);
});

test('every command is offered', () => {
  expect(offered(TABLE, [''])).toEqual(expect.arrayContaining(TABLE.commands.map((command) => command.name())));
});

test('the values among which there is a choice', () => {
  const program = new Command('onlooker');
  program
    .command('paint')
    .addArgument(new Argument('<what>').choices(['wall', 'door']))
    .addOption(new Option('--color <name>', 'which').choices(['red', 'green']));
  expect(offered(program, ['paint', '--color', ''])).toEqual(['red', 'green']);
  expect(offered(program, ['paint', ''])).toEqual(['wall', 'door', '--color', '-h', '--help']);
});

function offered(program: Command, words: readonly string[]): readonly string[] {
  const folder = tempFolder();
  writeFileSync(join(folder, 'my config.yaml'), '');
  mkdirSync(join(folder, 'state'));
  const env = { ...process.env, SCRIPT: bashCompletion(program) };
  const text = execFileSync('bash', ['-c', OFFER, 'bash', ...words], { cwd: folder, env, encoding: 'utf8' });
  return text.split('\n').filter((line) => line !== '');
}
