// onlooker config check: loads a configuration and says whether it can be used.
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { INSTALLED_CONFIG } from '../daemon/installation.ts';
import { EXIT } from './exit-code.ts';

/** Adds the command with its own command to the table. */
export function addConfigCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('config')
    .description('check the configuration before it is put to use')
    .command('check')
    .description('print ok, or every problem of the configuration and exit with 78')
    .argument('[file]', 'configuration (YAML)', INSTALLED_CONFIG)
    .action((file: string) => {
      loadConfig(file, { hostname: hostname(), credentialsFolder: process.env['CREDENTIALS_DIRECTORY'] });
      process.stdout.write('ok\n');
      done(EXIT.ok);
    });
}
