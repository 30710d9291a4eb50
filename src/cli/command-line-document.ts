// Writes the reference of the command line from the same table as its help.
import type { Command } from 'commander';

/** The text of docs/cli.md. */
export function commandLineDocument(program: Command): string {
  return [
    '# Command line',
    'Generated from the table of commands; `onlooker <command> --help` prints the same.',
    help(program),
    ...program.commands.flatMap((command) => sections(command, program.name(), '##')),
    EXIT_CODES,
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
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.configureHelp({ helpWidth: 100 }).outputHelp();
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

const EXIT_CODES = `## Exit codes

| code | meaning |
|---|---|
| 0 | it did what it was asked |
| 1 | the demo ran, but not everything that it shows has happened; or the doctor found something that fails, or rules check a rule that never comes on |
| 64 | the command line is wrong |
| 66 | an input or a model is missing or cannot be read |
| 70 | a bug |
| 74 | the database cannot be opened or written |
| 78 | the configuration is wrong, or this Node is too old |`;
