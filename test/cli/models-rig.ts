// An installation of its own for the models command: a manifest, folders, a server, and what the command says.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { errorText, exitCodeOf } from '../../src/cli/exit-code.ts';
import { addModelsCommand, type ModelsSetup } from '../../src/cli/models.ts';
import { describedFile, modelBytes } from '../models/pull/model-file.ts';
import { divert, type Outcome } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

export const WEIGHTS = modelBytes(200_000);
export const OTHER_WEIGHTS = modelBytes(100_000, 5);
export const DEFINITION = Buffer.from('name: "age"\n');
export const DETECTOR = modelBytes(50_000, 3);

export type Installed = Readonly<{
  /** Where the models belong. */
  prepared: string;
  place: (name: string, content: Uint8Array) => void;
  run: (args: readonly string[], setup?: Partial<ModelsSetup>) => Promise<Outcome>;
}>;

/** Packs: count-only (finder, from a package), ages (finder and two nets to pull, `age` and `gender`). */
export function installed(origin = 'http://127.0.0.1:1'): Installed {
  const root = tempFolder();
  const prepared = join(root, 'prepared');
  const definitions = join(root, 'definitions');
  mkdirSync(definitions);
  writeFileSync(join(definitions, 'age.prototxt'), DEFINITION);
  const manifestPath = join(root, 'manifest.json');
  writeFileSync(manifestPath, JSON.stringify(manifestOf(origin)));
  const config = join(root, 'onlooker.yaml');
  writeFileSync(config, 'models:\n  pack: count-only\n');
  const installation = { manifestPath, preparedFolder: prepared, definitionsFolder: definitions };
  return {
    prepared,
    place: (name, content) => {
      mkdirSync(prepared, { recursive: true });
      writeFileSync(join(prepared, name), content);
    },
    run: (args, setup = {}) => {
      const [command = '', ...others] = args;
      return run(['models', command, '--config', config, ...others], { installation, ...setup });
    },
  };
}

async function run(args: readonly string[], setup: Partial<ModelsSetup>): Promise<Outcome> {
  let code = 0;
  const done = (exitCode: number) => {
    code = exitCode;
  };
  const program = new Command('onlooker').exitOverride();
  addModelsCommand(program, { done, prepare: () => undefined, ask: null, stallMs: 5000, ...setup });
  const stdout = divert(process.stdout);
  const stderr = divert(process.stderr);
  try {
    await program.parseAsync(['node', 'onlooker', ...args]);
  } catch (error) {
    code = error instanceof CommanderError ? 64 : exitCodeOf(error);
    process.stderr.write(`onlooker: ${errorText(error)}\n`);
  } finally {
    stdout.restore();
    stderr.restore();
  }
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function manifestOf(origin: string) {
  const license = { name: 'no license granted', commercialUse: 'unclear', reason: 'The authors granted none.' };
  const input = { channelOrder: 'bgr', mean: [78.4, 87.8, 114.9], scale: 1 };
  const geometry = { width: 227, height: 227, marginRatio: 0 };
  const published = (file: ReturnType<typeof describedFile>) => ({
    format: 'download',
    files: [{ ...file, urls: [`${origin}/mirror/${file.name}`, `${origin}/${file.name}`] }],
  });
  const age = describedFile('age.caffemodel', WEIGHTS);
  const gender = describedFile('gender.onnx', OTHER_WEIGHTS);
  const finder = describedFile('finder.onnx', DETECTOR);
  return {
    version: 1,
    packs: {
      'count-only': { description: 'Counts.', detector: 'finder', classifiers: [] },
      ages: {
        description: 'Ages.',
        detector: 'finder',
        classifiers: [
          { net: 'age', answers: ['age'] },
          { net: 'gender', answers: ['gender'] },
        ],
        calibration: {
          measuredOn: 'forty faces',
          gender: { scale: 1.25, offset: -0.5 },
          age: { temperature: 1.5 },
          confusion: null,
        },
      },
    },
    nets: [
      {
        name: 'finder',
        role: 'detector',
        description: 'Finds faces.',
        files: { format: 'onnx', weights: finder },
        source: {
          format: 'package',
          package: 'finder',
          version: '1.0.0',
          file: { ...finder, name: undefined, path: 'finder.onnx' },
        },
        license: { name: 'MIT', commercialUse: 'clear', reason: 'Free.' },
        input,
        decoder: 'ssd',
        output: 'out',
        geometry: { height: 300, keepAspect: true },
        far: { width: 416 },
        thresholds: { start: 0.5, continue: 0.4, overlap: 0.3 },
      },
      {
        name: 'age',
        role: 'classifier',
        description: 'Estimates ages.',
        files: { format: 'caffe', weights: age, definition: describedFile('age.prototxt', DEFINITION) },
        source: published(age),
        license,
        input,
        geometry,
        gender: null,
        age: { kind: 'years', output: 'prob', index: 0, factor: 100, knots: null, sdYears: 9 },
      },
      {
        name: 'gender',
        role: 'classifier',
        description: 'Estimates gender.',
        files: { format: 'onnx', weights: gender },
        source: published(gender),
        license,
        input,
        geometry,
        gender: { kind: 'male', output: 'prob' },
        age: null,
      },
    ],
  };
}
