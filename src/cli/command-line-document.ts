// Writes the reference of the command line from the same table as its help.
import type { Command } from 'commander';
import { EXIT_MEANINGS } from './exit-code.ts';

/** The text of docs/cli.md. */
export function commandLineDocument(program: Command): string {
  return [
    '# Command line',
    'Generated from the table of commands; `onlooker <command> --help` prints the same.',
    help(program),
    ...program.commands.flatMap((command) => sections(command, program.name(), '##')),
    exitCodes(),
    '',
  ].join('\n\n');
}

/** A command, and then its own commands. */
function sections(command: Command, parent: string, heading: string): readonly string[] {
  const name = `${parent} ${command.name()}`;
  return [
    `${heading} ${name}\n\n${help(command)}`,
    ...command.commands.flatMap((inner) => sections(inner, name, `${heading}#`)),
  ];
}

function help(command: Command): string {
  return `\`\`\`text\n${helpOf(command)}\n\`\`\``;
}

/** What `--help` prints. */
export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.configureHelp({ helpWidth: 100 }).outputHelp();
  return text.trimEnd();
}

function exitCodes(): string {
  const rows = EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ['## Exit codes\n', '| code | meaning |', '|---|---|', ...rows].join('\n');
}
