// onlooker rules: checks and tries the rules of a configuration before they are put to use.
import { type Command, Option } from 'commander';
import { forOption } from './for-option.ts';
import { checkRulesOf } from './rules-check.ts';
import { testRules } from './rules-test.ts';

/** Adds the command with its own commands to the table. */
export function addRulesCommand(program: Command, seedOption: () => Option, done: (exitCode: number) => void): void {
  const rules = program
    .command('rules')
    .description('check and try the rules for triggers, before they are put to use');
  rules
    .command('check')
    .description('find rules that can never come on, and rules that an earlier one always anticipates')
    .argument('<file>', 'configuration (YAML); one with triggers alone will do')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', CHECK_HELP)
    .action((file, options) => done(checkRulesOf(file, options)));
  rules
    .command('test')
    .description('tell when each trigger would have been on, and why, on a recording or in a scenario')
    .argument('<file>', 'configuration (YAML); one with triggers alone will do')
    .addOption(new Option('--recording <file>', 'file written by --record').conflicts('scenario'))
    .addOption(new Option('--scenario <scenario>', 'one of onlooker simulate --list, or a file of your own'))
    .addOption(seedOption().conflicts('recording'))
    .addOption(
      new Option('--at <time>', 'when the scenario begins: 2026-11-27T17:00, for rules about times and days').conflicts(
        'recording',
      ),
    )
    .addOption(forOption('end after so much time of the scenario: 30s, 5m, 24h').conflicts('recording'))
    .option('--json', 'print the timeline as JSON')
    .addHelpText('after', TEST_HELP)
    .action(async (file, options) => done(await testRules(file, options)));
}

const CHECK_HELP = `
What it finds is proved for audiences of every size; docs/triggers.md says how.
Exit code: 0 when every rule can come on; 1 when one never does.`;

const TEST_HELP = `
It runs as fast as it can, without a broker and a database.
  onlooker rules test onlooker.yaml --scenario rush-hour
  onlooker rules test onlooker.yaml --scenario rush-hour --at 2026-11-27T17:00
  onlooker rules test onlooker.yaml --recording visit.jsonl --json`;
