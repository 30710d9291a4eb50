// onlooker setup: the guided first run, on the terminal or from a file of answers.
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { machineWith } from '../capture/attached/this-machine.ts';
import { systemClock } from '../daemon/clock.ts';
import { INSTALLED_CONFIG, ownService, stateFolder } from '../daemon/installation.ts';
import { exampleAnswers } from '../setup/answers.ts';
import { runHere } from '../setup/run-program.ts';
import { runSetup } from '../setup/run-setup.ts';
import type { Canvas } from '../setup/still-options.ts';
import { EXIT } from './exit-code.ts';
import { say, terminalDialog } from './setup-dialog.ts';
import { UsageError } from './usage-error.ts';

type SetupOptions = Readonly<{
  config?: string;
  answers?: string;
  printAnswers?: boolean;
  force?: boolean;
  start: boolean;
}>;

const NOT_STARTED = 1;

/** Adds the command to the table. */
export function addSetupCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('setup')
    .description('the guided first run: three questions, then the configuration is written and the service started')
    .option('--config <file>', `configuration (YAML) to write; default: ${INSTALLED_CONFIG}, for root`)
    .option('--answers <file>', 'take the answers from this file (YAML) and ask nothing')
    .option('--print-answers', 'print such a file, with comments, to start one of your own from')
    .option('--force', 'replace a configuration that was changed without asking; a copy of it is kept')
    .option('--no-start', 'leave the service as it is')
    .addHelpText('after', HELP)
    .action(async (options) => done(await setUp(options)));
}

const HELP = `
Enter takes what is in brackets, and nothing is written before the last answer.
Exit code: 0 when all is written; 1 when the service did not start; 78 when answers are missing, wrong or contradictory.
  sudo onlooker setup
  onlooker setup --config mine.yaml
  onlooker setup --print-answers > answers.yaml
  sudo onlooker setup --answers answers.yaml`;

async function setUp({ config, answers, printAnswers, force, start }: SetupOptions): Promise<number> {
  if (printAnswers === true) {
    process.stdout.write(exampleAnswers());
    return EXIT.ok;
  }
  const asks = answers === undefined;
  if (asks && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new UsageError(
      'There is no terminal to ask on: give the answers with --answers FILE (onlooker setup --print-answers writes one).',
    );
  }
  const dialog = asks
    ? terminalDialog()
    : { say, ask: nobodyAnswers, askSecret: nobodyAnswers, close: () => undefined };
  try {
    const configPath = config ?? installedConfig();
    const isDone = await runSetup({
      configPath,
      answersFile: answers ?? null,
      force: force === true,
      start,
      dialog,
      canvas: canvasOf(process.env),
      hostname: hostname(),
      stateFolder: configPath === INSTALLED_CONFIG ? ownService(process.env).state : stateFolder(process.env),
      machine: machineWith(process.env['PATH']),
      run: runHere,
      clock: systemClock,
    });
    return isDone ? EXIT.ok : NOT_STARTED;
  } finally {
    dialog.close();
  }
}

function installedConfig(): string {
  if (existsSync(INSTALLED_CONFIG) || process.getuid?.() === 0) return INSTALLED_CONFIG;
  throw new UsageError(`There is no ${INSTALLED_CONFIG} yet: run it with sudo, or name a file with --config.`);
}

const WIDEST = 100;
/** So that the question below stays in sight. */
const LINES_BELOW = 6;

function canvasOf(env: NodeJS.ProcessEnv): Canvas {
  const { columns, rows, isTTY } = process.stdout;
  // Node takes NO_COLOR for set also where it is empty (no-color.org).
  const { NO_COLOR: noColor = '', ...others } = env;
  const depth = isTTY && noColor === '' ? process.stdout.getColorDepth(others) : 1;
  // Blocks are no ASCII; a console without UTF-8 would show something else.
  const hasBlocks = /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
  return {
    columns: Math.min(WIDEST, columns || 80),
    rows: Math.max(8, (rows || 24) - LINES_BELOW),
    colors: !hasBlocks || depth < 8 ? 'none' : depth >= 24 ? 'all' : '256',
  };
}

function nobodyAnswers(question: string): Promise<string> {
  throw new Error(`nobody is there to answer: ${question}`);
}
