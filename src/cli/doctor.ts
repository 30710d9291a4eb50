// onlooker doctor: examines the installation and prints what it finds, line by line.
import { type Command, Option } from 'commander';
import { systemClock } from '../daemon/clock.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { EXIT } from './exit-code.ts';
import { forOption } from './for-option.ts';
import { terminal } from './terminal.ts';
import { left, type Paint, painter, type Style } from './terminal-text.ts';

type DoctorOptions = Readonly<{ config?: string; state?: string; for: number; json?: boolean }>;

const WATCH_MS = 3000;
const FAILED = 1;

/** Adds the command to the table. */
export function addDoctorCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('doctor')
    .description(
      'check the whole installation, also while the daemon runs: each line is ok, warn or fail, with the remedy',
    )
    .addOption(new Option('--config <file>', 'configuration (YAML) of the daemon'))
    .option('--state <folder>', 'folder of the database, as demo and run name it')
    .addOption(forOption('watch the camera for this long: 3s, 10s').default(WATCH_MS, '3s'))
    .option('--json', 'print the findings as JSON: {check, state, detail, remedy}')
    .addHelpText('after', HELP)
    .action(async (options) => done(await runDoctor(options)));
}

const HELP = `
It takes half a minute at most, opens the camera and changes nothing.
Exit code: 0 when nothing failed, warnings included; 1 when something failed.
  sudo onlooker doctor                                the service that the package brings
  onlooker doctor --config my.yaml --state folder     an installation of one's own`;

async function runDoctor(options: DoctorOptions): Promise<number> {
  const findings: Finding[] = [];
  const paint = painter(terminal().color);
  const print = (text: string) => options.json === true || process.stdout.write(text);
  for await (const finding of examine({
    configPath: options.config ?? null,
    stateFolder: options.state ?? null,
    watchMs: options.for,
    env: process.env,
    clock: systemClock,
  })) {
    findings.push(finding);
    print(lineOf(finding, paint));
  }
  print(`\n${sumOf(findings)}\n`);
  if (options.json === true) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  return countOf(findings, 'fail') > 0 ? FAILED : EXIT.ok;
}

const STYLES: Readonly<Record<Finding['state'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red' };
const STATE_WIDTH = 6;
const CHECK_WIDTH = 15;

function lineOf({ check, state, detail, remedy }: Finding, paint: Paint): string {
  const indent = ' '.repeat(STATE_WIDTH + CHECK_WIDTH);
  const line = `${left(paint(STYLES[state], state), STATE_WIDTH)}${left(check, CHECK_WIDTH)}${detail.replaceAll('\n', `\n${indent}`)}\n`;
  return remedy === null ? line : `${line}${indent}${paint('cyan', `→ ${remedy}`)}\n`;
}

function sumOf(findings: readonly Finding[]): string {
  return (['ok', 'warn', 'fail'] as const).map((state) => `${countOf(findings, state)} ${state}`).join(', ');
}

function countOf(findings: readonly Finding[], state: Finding['state']): number {
  return findings.filter((finding) => finding.state === state).length;
}
