// onlooker config check: loads a configuration and says whether it can be used.
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { INSTALLED_CONFIG, SCENARIOS } from '../daemon/installation.ts';
import { packChoice } from '../daemon/nets.ts';
import { describedPack } from '../models/pack.ts';
import { loadScenario } from '../simulator/load-scenario.ts';
import { EXIT } from './exit-code.ts';

/** Adds the command with its own command to the table. */
export function addConfigCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('config')
    .description('check the configuration before it is put to use')
    .command('check')
    .description(
      'print ok, or every problem of the configuration and exit with 78; with 66 where a file that it names is the problem',
    )
    .argument('[file]', 'configuration (YAML)', INSTALLED_CONFIG)
    .action((file: string) => {
      const host = { hostname: hostname(), credentialsFolder: process.env['CREDENTIALS_DIRECTORY'] };
      const { models, source } = loadConfig(file, host).config;
      describedPack(packChoice(models));
      if (source.scenario !== null) loadScenario(source.scenario, SCENARIOS);
      process.stdout.write('ok\n');
      done(EXIT.ok);
    });
}
