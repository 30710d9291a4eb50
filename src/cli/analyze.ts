// onlooker analyze: hands the job to the program that reads and writes pictures, and waits for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { dyingWithUs } from '../capture/child-program.ts';
import { EXIT } from './exit-code.ts';
import { forOption } from './for-option.ts';
import { UsageError } from './usage-error.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/analyze/main.js', import.meta.url));

type AnalyzeOptions = Readonly<{
  out?: string;
  json?: boolean;
  csv?: boolean;
  show?: boolean;
  reference?: boolean;
  camera?: string;
  for?: number;
  pack?: string;
  models?: string;
  confidence?: number;
  config?: string;
}>;

/** Adds the command to the table. */
export function addAnalyzeCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('analyze')
    .description('find and describe the faces in pictures and films, and mark them in a copy')
    .argument('[path...]', 'pictures, folders of pictures, films, or addresses of streams and videos')
    .option('--out <place>', 'folder or file of the marked copies; without it they are put here')
    .addOption(new Option('--json', 'print the faces as JSON lines; copies only with --out').conflicts('csv'))
    .addOption(new Option('--csv', 'print the faces as CSV; copies only with --out').conflicts('reference'))
    .option('--show', 'show the marked pictures in a window; copies only with --out')
    .addOption(new Option('--camera <camera>', 'watch a camera such as /dev/video0 or rpicam'))
    .addOption(forOption())
    .option('--pack <name>', 'nets to use: the name of a pack, or a pack file of your own')
    .option('--models <folder>', 'where the files of the nets are')
    .addOption(new Option('--confidence <ratio>', 'least confidence of a face, 0 to 1').argParser(confidence))
    .option('--reference', 'do exactly what the classic example program does (docs/analyze.md)')
    .addOption(new Option('--config <file>', 'configuration (YAML); every key is optional'))
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], options: AnalyzeOptions) => done(await analyze(paths, options)));
}

const HELP = `
  onlooker analyze photo.jpg                    writes photo.analyzed.jpg here and says who is in it
  onlooker analyze holiday/ --out marked/       every picture of a folder
  onlooker analyze film.mp4 --out film-marked.mp4
  onlooker analyze *.jpg --json                 numbers only, nothing is written
  onlooker analyze --camera /dev/video0 --show`;

async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  if (paths.length === 0 && options.camera === undefined) {
    throw new UsageError('Nothing is to be analyzed: name a picture, a folder, a film, an address, or a --camera.');
  }
  const job = {
    inputs: paths,
    camera: options.camera ?? null,
    forMs: options.for ?? null,
    config: options.config ?? null,
    pack: options.pack ?? null,
    models: options.models ?? null,
    reference: options.reference === true,
    out: options.out ?? null,
    format: options.json === true ? 'json' : options.csv === true ? 'csv' : 'text',
    show: options.show === true,
    confidence: options.confidence ?? null,
  };
  const child = spawn(...dyingWithUs(process.execPath, [PROGRAM]), {
    stdio: ['pipe', 'inherit', 'inherit'],
    // Windows are drawn by Qt, which comments on every desktop it does not know.
    env: { ...process.env, QT_LOGGING_RULES: '*=false' },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const ended = once(child, 'exit');
  // A program that ended before it read the job says why by itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(job));
  await ended;
  return child.exitCode ?? killed(child.signalCode, job.show);
}

function killed(signal: NodeJS.Signals | null, shows: boolean): number {
  const why =
    shows && signal === 'SIGABRT'
      ? `no window could be opened on the display ${process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']}`
      : `it was ended by ${signal}, perhaps for want of memory`;
  process.stderr.write(`onlooker: the analysis did not finish: ${why}\n`);
  return shows && signal === 'SIGABRT' ? EXIT.usage : EXIT.bug;
}

function confidence(text: string): number {
  const ratio = Number(text);
  if (!(ratio >= 0 && ratio <= 1)) throw new InvalidArgumentError('It is a number from 0 to 1, such as 0.5.');
  return ratio;
}
