// Writes the manual page from the same table as the help of the command line.
import type { Command } from 'commander';
import { INSTALLED_CONFIG } from '../daemon/installation.ts';
import { helpOf } from './command-line-document.ts';
import { EXIT_MEANINGS } from './exit-code.ts';

/** The source of onlooker(1), for man(7). */
export function manualPage(program: Command): string {
  const name = program.name();
  const lines = [
    '.\\" Generated from the table of commands by "npm run generate": do not edit.',
    `.TH ${name.toUpperCase()} 1 "" Onlooker "User Commands"`,
    ...['.SH NAME', `${name} \\- ${NAME_SAYS}`],
    ...['.SH SYNOPSIS', `.B ${name}`, '.I command', '.RI [ option ...]', '.RI [ argument ...]'],
    ...['.SH DESCRIPTION', plain(program.description()), ...terms(program, 'options')],
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => sections(command, name)),
    ...['.SH EXIT STATUS', ...EXIT_MEANINGS.flatMap(([code, meaning]) => term(String(code), meaning))],
    ...['.SH FILES', ...FILES.flatMap(([file, text]) => term(file, text))],
    ...['.SH SEE ALSO', SEE_ALSO],
  ];
  return `${lines.join('\n')}\n`;
}

const NAME_SAYS = 'measure the anonymous audience in front of a screen';

const FILES = [
  [INSTALLED_CONFIG, 'The configuration of the service; every key is optional.'],
  ['/etc/onlooker/mqtt-password', 'The password for mqtt.passwordFile: mqtt-password; for root alone.'],
  ['/etc/onlooker/source-password', 'The password for source.passwordFile: source-password; for root alone.'],
  ['/var/lib/onlooker', 'The database of the service: numbers, never pictures.'],
] as const;

const SEE_ALSO = ['.BR journalctl (1),', '.BR mosquitto_sub (1),', '.BR systemctl (1),', '.BR systemd.exec (5)'].join(
  '\n',
);

/** A command, and then its own commands. */
function sections(command: Command, parent: string): readonly string[] {
  const name = `${parent} ${command.name()}`;
  // The help ends with what was added to it by hand: explanations and examples.
  const added = helpOf(command).slice(command.helpInformation().trimEnd().length).replace(/^\n+/, '');
  return [
    `.SS "${plain(`${name} ${command.usage()}`)}"`,
    plain(command.description()),
    ...terms(command, 'arguments'),
    ...terms(command, 'options'),
    ...(added === '' ? [] : ['.PP', '.EX', ...added.split('\n').map(plain), '.EE']),
    ...command.commands.flatMap((inner) => sections(inner, name)),
  ];
}

function terms(command: Command, kind: 'arguments' | 'options'): readonly string[] {
  const help = command.createHelp();
  return kind === 'arguments'
    ? help.visibleArguments(command).flatMap((one) => term(help.argumentTerm(one), help.argumentDescription(one)))
    : help.visibleOptions(command).flatMap((one) => term(help.optionTerm(one), help.optionDescription(one)));
}

function term(word: string, text: string): readonly string[] {
  return ['.TP', `.B ${plain(word)}`, plain(text)];
}

/** Text that man prints as it is: groff(7) reads a backslash anywhere, and a dot or an apostrophe at the beginning of a line. */
function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&');
}
