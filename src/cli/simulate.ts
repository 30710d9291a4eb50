// onlooker simulate: a real daemon with a simulated audience, for those who have no camera at hand.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantText } from '../contract/instant.ts';
import { systemClock } from '../daemon/clock.ts';
import { createFolder } from '../daemon/create-folder.ts';
import { CONNECT_MS, type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { SCENARIOS } from '../daemon/installation.ts';
import { InterruptibleBroker } from '../daemon/interruptible-broker.ts';
import { createLogger } from '../daemon/logger.ts';
import { sessionId } from '../daemon/session-id.ts';
import { openSimulation, startOf } from '../daemon/simulation.ts';
import { steppingClock } from '../daemon/stepping-clock.ts';
import { waitFor } from '../daemon/wait-for.ts';
import { loadScenario, scenarioNames, scenarioText } from '../simulator/load-scenario.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { BrokerWatch } from './broker-watch.ts';
import { EXIT } from './exit-code.ts';
import { introduction, progressLine } from './simulate-text.ts';
import { configured } from './source-options.ts';
import { startWithOwnBroker } from './start-with-own-broker.ts';
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
  const { config, mqttPassword } = configured({ ...(options.config !== undefined && { config: options.config }) });
  const scenario = loadScenario(name, SCENARIOS);
  const { clock, step } = steppingClock(systemClock);
  const wallAtStart = startOf(scenario, clock.wallNow(), config.timezone);
  const truth = options.truth === undefined ? null : openTruthFile(options.truth, wallAtStart);
  const stateFolder = options.state ?? mkdtempSync(join(tmpdir(), 'onlooker-simulate-'));
  createFolder(stateFolder);
  const logFile = join(stateFolder, 'simulate.log');
  const logger = createLogger(config.log.level, logFile);
  const session = sessionId(clock.wallNow(), Math.random());
  const seed = options.seed ?? scenario.seed;
  const { speed } = options;
  const broker = new InterruptibleBroker(clock, logger);
  let daemon: Daemon | null = null;
  const isConnected = () => daemon?.publisher.status().state === 'connected';
  /** A broker of our own goes itself; of another one only the connection does. */
  const loseBroker = (forMs: number) =>
    config.mqtt.url === null ? broker.interrupt(forMs) : daemon?.publisher.interrupt(forMs);
  const source = openSimulation({
    ...{ config, scenario, session, seed, wallAtStart, clock, speed },
    label: `scenario ${name}`,
    lastsMs: options.for ?? (scenario.lastsSeconds === null ? null : scenario.lastsSeconds * 1000),
    // Else the first messages of a fast simulation were lost.
    ready: () => waitFor(() => isStopped || isConnected(), config.mqtt.ttlMs + CONNECT_MS, clock),
    onEvent: (event) => {
      truth?.event(event);
      if (event.kind === 'clock-jump') step(event.byMs);
      if (event.kind === 'broker-loss') loseBroker(event.lastsMs / (speed === 'max' ? 1 : speed));
    },
    onTruth: (line) => truth?.truth(line),
  });
  const setup: DaemonSetup = {
    ...{ config, mqttPassword, session, stateFolder, source, clock, logger },
    ...{ watchman: null, nets: null, recordPath: options.record ?? null, isReplay: false, random: Math.random },
    openBroker: (asked, refused) => broker.open(asked, refused),
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, logger }),
  };
  const started = await (config.mqtt.url === null ? startWithOwnBroker(setup, tellUser) : startDaemon(setup));
  daemon = started;
  const { brokerUrl, measurement, outbox, publisher } = started;
  const say = (text: string) => options.json !== true && process.stdout.write(text);
  say(
    introduction({
      ...{ name, scenario, seed, speed, config, wallAtStart, stateFolder, logFile, brokerUrl },
      configPath: options.config,
      pid: process.pid,
    }),
  );
  const brokerWatch = new BrokerWatch(() => publisher.status(), say, clock);
  const stopTelling = clock.every(PROGRESS_MS, () => say(progressLine(measurement, config.timezone)));
  let unheard: string | null = null;
  try {
    await Promise.race([started.done, stopped]);
    const isOver = () => isStopped || outbox.depth() === 0;
    if (measurement.sight.health === 'ended') await waitFor(isOver, FAREWELL_MS, clock);
  } finally {
    stopTelling();
    unheard = brokerWatch.end();
    await started.stop();
    await truth?.close();
  }
  const { tally, sight } = measurement;
  const summary = {
    scenario: name,
    seed,
    from: instantText(wallAtStart),
    stateFolder,
    session,
    frames: sight.frames,
    viewers: tally.viewers,
    personSeconds: tally.personMs / 1000,
    attentionSeconds: tally.attentionMs / 1000,
    looks: tally.looks,
    rollupsStored: tally.rollupsStored,
    published: unheard === null,
  };
  if (options.json === true) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  say(`\n${summaryText(summary)}${options.state === undefined ? keptText(stateFolder) : ''}`);
  if (unheard !== null) tellUser(`Nothing was published: ${unheard}.`);
  return EXIT.ok;
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
