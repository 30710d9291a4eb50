// Carries out one job: opens the nets and the places, works through the inputs, sums up.
import { CaptureError } from '../capture/capture-error.ts';
import { EXIT } from '../cli/exit-code.ts';
import { loadConfig } from '../config/load.ts';
import type { Settings } from '../config/schema.ts';
import { audienceOptions } from '../daemon/component-options.ts';
import { NET_DEFINITIONS } from '../daemon/installation.ts';
import { chooseNets, type Nets, packChoice } from '../daemon/nets.ts';
import { UnknownPackError } from '../models/unknown-pack-error.ts';
import { monotonicMs } from '../sensor/monotonic.ts';
import { type Analysis, analyzeFilm, analyzePicture } from './analysis.ts';
import { AnalyzeError } from './analyze-error.ts';
import type { Deadline } from './deadline.ts';
import { cameraFilm, filmOf } from './film-source.ts';
import { foundByReference, foundFace } from './found.ts';
import { areMany, expandInputs, type Input } from './inputs.ts';
import type { Job } from './job.ts';
import { openAnalysis } from './open-analysis.ts';
import { openReference } from './open-reference.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { Report } from './report.ts';
import { closeWindow, requireDisplay } from './window.ts';

/** Of the classic program. */
const REFERENCE_CONFIDENCE = 0.7;

/** Returns the exit code. The deadline ends it early, with what was done until then. */
export async function runJob(job: Job, deadline: Deadline): Promise<number> {
  const beganAt = monotonicMs();
  if (job.show) requireDisplay(process.env);
  const settings = settingsOf(job);
  const inputs = expandInputs(job.inputs);
  const writes = job.out !== null || (job.format === 'text' && !job.show);
  const many = areMany(job.inputs) || (job.camera !== null && job.inputs.length > 0);
  const output = writes ? await Output.open(job.out, many, job.inputs) : null;
  const progress = new Progress(process.stderr, monotonicMs);
  const report = new Report(job.format, progress);
  const { signal: stop } = deadline;
  const base = { report, progress, output, shows: job.show, stop, begin: () => deadline.count(job.forMs) };
  const analysis: Analysis = { ...base, ...nets(job, settings, (message) => report.note(`onlooker: ${message}`)) };
  const work = { pictures: 0, films: 0, frames: 0, failed: 0 };
  if (job.camera !== null) {
    const { width, height, framesPerSecond: fps } = settings.source;
    work.frames += await analyzeFilm(analysis, await cameraFilm(job.camera, { width, height, fps }), null);
    work.films += 1;
  }
  for (const [index, input] of inputs.entries()) {
    if (stop.aborted) break;
    const amount = `${index} of ${inputs.length}`;
    if (inputs.length > 1 && input.kind === 'picture')
      progress.show({ ratio: index / inputs.length, name: input.path, amount });
    try {
      const frames = await analyzeInput(analysis, input);
      work.pictures += frames === null ? 1 : 0;
      work.films += frames === null ? 0 : 1;
      work.frames += frames ?? 0;
    } catch (error) {
      if (!concernsOneInput(error)) throw error;
      report.note(`onlooker: ${error.message}`);
      work.failed += 1;
    }
  }
  if (job.show) closeWindow();
  if (work.pictures + work.films > 0) report.summary({ ...work, elapsedMs: monotonicMs() - beganAt });
  return work.failed > 0 ? EXIT.input : EXIT.ok;
}

/** The number of frames, null for a picture. */
async function analyzeInput(analysis: Analysis, input: Input): Promise<number | null> {
  if (input.kind === 'problem') throw input.error;
  if (input.kind === 'video') return analyzeFilm(analysis, await filmOf(input.path), input.path);
  await analyzePicture(analysis, input);
  return null;
}

function concernsOneInput(error: unknown): error is Error {
  return error instanceof CaptureError || (error instanceof AnalyzeError && error.concernsOneInput);
}

/** The configuration with what the job lays over it. */
function settingsOf({ config: path, pack, models, confidence }: Job): Settings {
  // Its name plays no part here.
  const { config } = loadConfig(path, { hostname: 'analyze' });
  const isFile = pack !== null && /[/]|\.(ya?ml|json)$/.test(pack);
  const named = pack === null ? {} : isFile ? { packFile: pack } : { pack, packFile: null };
  const { detector } = config;
  return {
    ...config,
    models: { ...config.models, ...named, folder: models ?? config.models.folder },
    detector: { ...detector, startConfidence: confidence ?? detector.startConfidence },
  };
}

function nets(job: Job, settings: Settings, warn: (message: string) => void): Pick<Analysis, 'find' | 'watching'> {
  if (job.reference) {
    const { manifestPath, folder } = packChoice(settings.models);
    const models = {
      manifestPath,
      definitionsFolder: NET_DEFINITIONS,
      folder,
      ownWeights: job.models !== null,
      warn,
    };
    const find = openReference(models, job.confidence ?? REFERENCE_CONFIDENCE);
    return { find: async (keep, image) => (await find(keep, image)).map(foundByReference), watching: null };
  }
  const chosen = chosenNets(job, settings);
  const { age, gender } = audienceOptions(settings);
  const { farWidth, startConfidence: minConfidence } = settings.detector;
  const find = openAnalysis(chosen.pack, { age, gender, farWidth, minConfidence });
  return {
    find: async (keep, image) => (await find(keep, image)).map(foundFace),
    watching: { nets: chosen, config: settings },
  };
}

function chosenNets({ pack }: Job, settings: Settings): Nets {
  try {
    return chooseNets(settings);
  } catch (cause) {
    if (pack === null || !(cause instanceof UnknownPackError)) throw cause;
    const known = cause.known.join(', ');
    throw new AnalyzeError('usage', `There is no pack ${pack}. Name one of ${known}, or a pack file.`, { cause });
  }
}
