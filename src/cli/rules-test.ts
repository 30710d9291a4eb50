// onlooker rules test: tells when each trigger would have been on, from a recording or a scenario.
import { hostname } from 'node:os';
import type { Config } from '../config/load.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../daemon/clock.ts';
import { followOptions } from '../daemon/component-options.ts';
import { SCENARIOS } from '../daemon/installation.ts';
import { targetingOptions } from '../daemon/measurement/targeting-options.ts';
import { type TrialSetup, tryRules } from '../daemon/rules-trial.ts';
import { leapingClock } from '../daemon/stand-ins/leaping-clock.ts';
import { RecordedSource } from '../daemon/stand-ins/recorded-source.ts';
import { openSimulation, startOf } from '../daemon/stand-ins/simulation.ts';
import { steppingClock } from '../daemon/stand-ins/stepping-clock.ts';
import { localTimeOf } from '../daemon/zoned-time.ts';
import { readRecording } from '../recording/read-recording.ts';
import { loadScenario } from '../simulator/load-scenario.ts';
import { EXIT } from './exit-code.ts';
import { timelineOf } from './rules-timeline.ts';
import { timelineJson, timelineText } from './rules-timeline-view.ts';
import { parseMoment } from './stats-range.ts';
import { terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export type RulesTestOptions = Readonly<{
  recording?: string;
  scenario?: string;
  seed?: number;
  /** Of the time of the scenario. */
  for?: number;
  /** In place of the start that the scenario asks for. */
  at?: string;
  json?: boolean;
}>;

/** A scenario without an end is tried for so long. */
const ENDLESS_MS = 600_000;

export async function testRules(file: string, options: RulesTestOptions): Promise<number> {
  const { config } = loadConfig(file, { hostname: hostname() });
  if (config.triggers.rules.length === 0) {
    throw new UsageError(`${file} holds no rules. docs/triggers.md has ten to begin with.`);
  }
  const trial = await tryRules(await setupOf(config, options));
  const timeline = timelineOf(trial, targetingOptions(config.triggers), localTimeOf(config.timezone));
  const subject = options.scenario === undefined ? `${options.recording}` : `scenario ${options.scenario}`;
  const view = { subject, timezone: config.timezone, ...terminal() };
  process.stdout.write(options.json === true ? timelineJson(timeline, view) : timelineText(timeline, view));
  return EXIT.ok;
}

function setupOf(config: Config, options: RulesTestOptions): Promise<TrialSetup> | TrialSetup {
  if (options.recording !== undefined) return ofRecording(config, options.recording);
  if (options.scenario !== undefined) return ofScenario(config, options.scenario, options);
  throw new UsageError('Say what the rules are to be tried on: --recording FILE or --scenario NAME.');
}

async function ofRecording(config: Config, path: string): Promise<TrialSetup> {
  const recording = await readRecording(path, (line) => {
    process.stderr.write(`onlooker: ${path}:${line}: this last line is incomplete and was left out\n`);
  });
  const clock = leapingClock(recording.header.wallAtZero);
  const source = new RecordedSource(
    recording,
    { speed: 1, followOptions: (header) => followOptions(config, header) },
    clock,
  );
  return { config, session: recording.header.session, clock, source };
}

function ofScenario(config: Config, name: string, options: RulesTestOptions): TrialSetup {
  const scenario = loadScenario(name, SCENARIOS);
  const wallAtStart =
    options.at === undefined
      ? startOf(scenario, systemClock.wallNow(), config.timezone)
      : parseMoment('--at', options.at, config.timezone).at;
  const { clock, step } = steppingClock(leapingClock(wallAtStart));
  const session = 'trial';
  const source = openSimulation({
    ...{ config, scenario, session, wallAtStart, clock },
    label: `scenario ${name}`,
    seed: options.seed ?? scenario.seed,
    lastsMs: options.for ?? (scenario.lastsSeconds === null ? ENDLESS_MS : scenario.lastsSeconds * 1000),
    speed: 1,
    ready: () => Promise.resolve(),
    onEvent: (event) => event.kind === 'clock-jump' && step(event.byMs),
    onTruth: () => undefined,
  });
  return { config, session, clock, source };
}
