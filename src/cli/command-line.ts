// The command line: one table of commands, from which the help is made.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../daemon/installation.ts';
import { preparePulled } from '../models/prepare-pulled.ts';
import { addAnalyzeCommand } from './analyze.ts';
import { addCamerasCommand } from './cameras.ts';
import { addConfigCommand } from './config.ts';
import { runDemo } from './demo.ts';
import { addDoctorCommand } from './doctor.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { forOption } from './for-option.ts';
import { addModelsCommand } from './models.ts';
import { replayRecording } from './replay.ts';
import { addRulesCommand } from './rules.ts';
import { runDaemon } from './run.ts';
import { addSetupCommand } from './setup.ts';
import { simulate } from './simulate.ts';
import { showStats } from './stats.ts';
import { tellError } from './tell-error.ts';

/** Runs the command and returns the exit code; `argv` as Node gives it. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = commandTable((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    tellError(error);
    return exitCodeOf(error);
  }
}

/** All commands; `done` is told the exit code of the one that ran. */
export function commandTable(done: (exitCode: number) => void): Command {
  const program = new Command('onlooker')
    .description('Measures the anonymous audience in front of a screen and tells the ad player over MQTT.')
    .version(version())
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(onlooker --help shows the commands)')
    .exitOverride();
  addSetupCommand(program, done);
  program
    .command('run')
    .description('measure from now on, as a service does: until SIGTERM or SIGINT, or until a film is over')
    .addOption(configOption())
    .addOption(inputOption())
    .addOption(cameraOption())
    .addOption(recordOption())
    .addHelpText('after', RUN_HELP)
    .action(async (options) => done(await runDaemon(options)));
  program
    .command('demo')
    .description('show the whole product on a scene of photographs, with an embedded broker and a fresh folder')
    .addOption(configOption())
    .addOption(inputOption())
    .addOption(cameraOption())
    .addOption(recordOption())
    .addOption(forOption())
    .option('--json', 'print nothing but the summary, as JSON')
    .addHelpText('after', DEMO_HELP)
    .action(async (options) => done(await runDemo(options)));
  program
    .command('replay')
    .description('play a recording as if it were seen now: the tracker and everything behind it run again')
    .argument('<recording>', 'file written by --record')
    .addOption(configOption())
    .addOption(new Option('--speed <factor>', 'how fast: 1 as it was, 10, or max').argParser(speed).default('max'))
    .option('--state <folder>', 'keep the results in this folder instead of a fresh one')
    .option('--json', 'print nothing but the summary, as JSON')
    .addHelpText('after', REPLAY_HELP)
    .action(async (recording, options) => done(await replayRecording(recording, options)));
  program
    .command('simulate')
    .description('a real daemon with a simulated audience: no camera, no nets, the same messages')
    .argument('[scenario]', 'name of a scenario, or a file of your own')
    .addOption(new Option('--list', 'tell the scenarios that there are; with --json as JSON').conflicts('print'))
    .option('--print', 'print the file of the scenario, to start one of your own from')
    .addOption(configOption())
    .addOption(seedOption())
    .addOption(new Option('--speed <factor>', 'how fast: 1 is real time, 60, or max').argParser(speed).default(1))
    .addOption(forOption('end after so much simulated time: 30s, 5m, 24h'))
    .option(
      '--truth <file>',
      'write who was really there, for comparison (JSON Lines); a file of that name is replaced',
    )
    .option('--state <folder>', 'keep the results in this folder instead of a fresh one')
    .addOption(recordOption())
    .option('--json', 'print nothing but the summary, as JSON')
    .addHelpText('after', SIMULATE_HELP)
    .action(async (scenario, options) => done(await simulate(scenario, options)));
  program
    .command('stats')
    .description('answer who was there, also while the daemon runs')
    .addOption(configOption())
    .option('--state <folder>', 'folder of the database, as demo and run name it')
    .option('--last <duration>', 'the time until now: 1h, 30m, 7d')
    .option('--from <time>', 'a day or instant: 2026-03-01 or 2026-03-01T14:00')
    .option('--to <time>', 'a day (included) or instant (excluded); default: now')
    .option('--json', 'print the numbers as JSON')
    .addHelpText('after', STATS_HELP)
    .action(async (options) => done(await showStats(options)));
  addRulesCommand(program, seedOption, done);
  addConfigCommand(program, done);
  addCamerasCommand(program, done);
  addDoctorCommand(program, done);
  addModelsCommand(program, { done, prepare: preparePulled });
  addAnalyzeCommand(program, done);
  return program;
}

const RUN_HELP = `
Without a configuration everything has a sensible default; docs/configuration.md lists every key.
  onlooker run --config /etc/onlooker/onlooker.yaml
  onlooker run --camera /dev/video0 --record visit.jsonl`;

const DEMO_HELP = `
  onlooker demo                       the scene of photographs, until Ctrl-C
  onlooker demo --input film.mp4      your film, a folder of pictures, or an rtsp:// or http:// address
  onlooker demo --for 30s --json      thirty seconds, then the summary for a script`;

const REPLAY_HELP = `
It speaks on a broker of its own, at mqtt.port or any free port; mqtt.url is left alone, since players there take it for now.
  onlooker replay visit.jsonl --speed 1`;

const SIMULATE_HELP = `
  onlooker simulate --list                          what there is to play
  onlooker simulate family                          in real time, until Ctrl-C or its end
  onlooker simulate shop-day --speed 1440           a day in a minute
  onlooker simulate --print family > mine.yaml      a start for one of your own`;

const STATS_HELP = `
  onlooker stats                      today
  onlooker stats --last 1h
  onlooker stats --from 2026-03-01 --to 2026-03-07`;

function configOption(): Option {
  return new Option('--config <file>', 'configuration (YAML); every key is optional');
}

function inputOption(): Option {
  return new Option('--input <source>', 'a video file, a folder of pictures, or the address of a stream').conflicts(
    'camera',
  );
}

function cameraOption(): Option {
  return new Option(
    '--camera <camera>',
    'a camera such as /dev/video0, rpicam or jetson:1; onlooker cameras lists them',
  );
}

function recordOption(): Option {
  return new Option('--record <file>', 'write what is observed to a new file (JSON Lines; numbers, never pictures)');
}

function seedOption(): Option {
  return new Option('--seed <number>', 'another number makes other people').argParser(seed);
}

/** A whole number of 32 bits. */
function seed(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 2 ** 32) return number;
  throw new InvalidArgumentError('It is a whole number from 0 to 4294967295.');
}

function speed(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const factor = Number(text);
  if (!(factor > 0)) throw new InvalidArgumentError('It is a factor such as 1 or 10, or max.');
  return factor;
}
