// onlooker simulate: a real daemon with a simulated audience, for those who have no camera at hand.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantText } from '../contract/instant.ts';
import { systemClock } from '../daemon/clock.ts';
import { createFolder } from '../daemon/create-folder.ts';
import { SCENARIOS } from '../daemon/installation.ts';
import { createLogger } from '../daemon/logger.ts';
import { startOf } from '../daemon/stand-ins/simulation.ts';
import { waitFor } from '../daemon/wait-for.ts';
import { loadScenario, scenarioNames, scenarioText } from '../simulator/load-scenario.ts';
import { storing } from '../sqlite/storage-error.ts';
import { BrokerWatch } from './broker-watch.ts';
import { EXIT } from './exit-code.ts';
import { outcomeOf } from './outcome.ts';
import { introduction, progressLine } from './simulate-text.ts';
import { type Simulated, startSimulated } from './simulated-daemon.ts';
import { configured } from './source-options.ts';
import { stopSignal } from './stop-signals.ts';
import { keptText, summaryText } from './summary-text.ts';
import { tellUser } from './tell-error.ts';
import { openTruthFile } from './truth-file.ts';
import { UsageError } from './usage-error.ts';

export type SimulateOptions = Readonly<{
  config?: string;
  seed?: number;
  speed: number | 'max';
  /** Of simulated time. */
  for?: number;
  truth?: string;
  state?: string;
  record?: string;
  json?: boolean;
  list?: boolean;
  print?: boolean;
}>;

const PROGRESS_MS = 5000;
/** How long is waited at the end for the broker to take the last rollups. */
const FAREWELL_MS = 10_000;

/** Plays it, or tells about it. */
export async function simulate(name: string | undefined, options: SimulateOptions): Promise<number> {
  if (options.list === true) return listScenarios(options);
  if (name === undefined) throw new UsageError('Name a scenario: onlooker simulate --list tells which there are.');
  return options.print === true ? printScenario(name) : simulateAudience(name, options);
}

async function simulateAudience(name: string, options: SimulateOptions): Promise<number> {
  const stopped = stopSignal();
  let isStopped = false;
  void stopped.then(() => {
    isStopped = true;
  });
  const { simulated, logFile } = plan(name, options);
  const { config, seed, wallAtStart, stateFolder, truth } = simulated;
  const { daemon, clock, session } = await startSimulated(simulated, systemClock, () => isStopped);
  const { brokerUrl, measurement, outbox, publisher } = daemon;
  const say = (text: string) => options.json !== true && process.stdout.write(text);
  say(introduction({ ...simulated, logFile, brokerUrl, configPath: options.config, pid: process.pid }));
  const brokerWatch = new BrokerWatch(() => publisher.status(), say, clock);
  const stopTelling = clock.every(PROGRESS_MS, () => say(progressLine(measurement, config.timezone)));
  let unheard: string | null = null;
  try {
    await Promise.race([daemon.done, stopped]);
    const isOver = () => isStopped || outbox.depth() === 0;
    if (measurement.sight.health === 'ended') await waitFor(isOver, FAREWELL_MS, clock);
  } finally {
    stopTelling();
    unheard = brokerWatch.end();
    await daemon.stop();
    await truth?.close();
  }
  const summary = {
    ...{ scenario: name, seed, from: instantText(wallAtStart), stateFolder, session },
    ...outcomeOf(measurement),
    published: unheard === null,
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  say(`\n${summaryText(summary)}${options.state === undefined ? keptText(stateFolder) : ''}`);
  if (unheard !== null) tellUser(`Nothing was published: ${unheard}.`);
  return EXIT.ok;
}

/** What is asked for, what the scenario says where nothing is, and where to keep what comes of it. */
function plan(name: string, options: SimulateOptions): Readonly<{ simulated: Simulated; logFile: string }> {
  const { config, mqttPassword } = configured({ ...(options.config !== undefined && { config: options.config }) });
  const scenario = loadScenario(name, SCENARIOS);
  const wallAtStart = startOf(scenario, systemClock.wallNow(), config.timezone);
  const truth = options.truth === undefined ? null : openTruthFile(options.truth, wallAtStart);
  const stateFolder = options.state ?? mkdtempSync(join(tmpdir(), 'onlooker-simulate-'));
  createFolder(stateFolder);
  const logFile = join(stateFolder, 'simulate.log');
  const simulated = {
    ...{ config, mqttPassword, name, scenario, wallAtStart, stateFolder, truth },
    seed: options.seed ?? scenario.seed,
    speed: options.speed,
    lastsMs: options.for ?? (scenario.lastsSeconds === null ? null : scenario.lastsSeconds * 1000),
    recordPath: options.record ?? null,
    logger: storing(logFile, 'open', () => createLogger(config.log.level, logFile)),
  };
  return { simulated, logFile };
}

function listScenarios({ json }: SimulateOptions): number {
  const scenarios = scenarioNames(SCENARIOS).map((name) => {
    const { description, seed, lastsSeconds } = loadScenario(name, SCENARIOS);
    return { name, description, seed, lastsSeconds };
  });
  process.stdout.write(
    json === true
      ? `${JSON.stringify(scenarios, null, 2)}\n`
      : scenarios.map(({ name, description }) => `${name.padEnd(14)}${description}\n`).join(''),
  );
  return EXIT.ok;
}

function printScenario(name: string): number {
  process.stdout.write(scenarioText(name, SCENARIOS));
  return EXIT.ok;
}
