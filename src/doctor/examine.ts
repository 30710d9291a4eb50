// Examines an installation, one check after another; each finding is handed out as soon as it is known.
import { hostname } from 'node:os';
import { isStreamAddress } from '../capture/address.ts';
import type { CaptureOptions } from '../capture/source.ts';
import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import { readDeviceCondition } from '../daemon/device-condition.ts';
import { addonVersions, databasePath, ownService } from '../daemon/installation.ts';
import { chooseNets, packChoice } from '../daemon/nets.ts';
import { inspectDatabase } from '../sqlite/inspect-database.ts';
import { isFolderLocked } from '../sqlite/lock-folder.ts';
import { brokerFacts, judgeBroker } from './broker.ts';
import { ASK_THE_DAEMON, judgeCamera, type SparedCamera } from './camera.ts';
import { tryCamera } from './camera-trial.ts';
import { clockFacts, judgeClock } from './clock.ts';
import { judgeDatabase } from './database.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { describePrivacy, judgeLicenses, judgeModels, packFacts } from './models.ts';
import { judgePermissions, permissionFacts } from './permissions.ts';
import { judgeOpenCv, judgeSpeed } from './speed.ts';
import { trySpeed } from './speed-trial.ts';
import { folderFacts, judgeDisk } from './state-folder.ts';
import { describeNode, judgeSystem, systemFacts } from './system.ts';
import { judgeTemperature } from './temperature.ts';

export type Examination = Readonly<{
  /** Null for that of the service that this program belongs to, else the defaults. */
  configPath: string | null;
  /** Where the database is; null for where the configuration has it. */
  stateFolder: string | null;
  /** How long the camera is watched. */
  watchMs: number;
  env: NodeJS.ProcessEnv;
  clock: Clock;
}>;

type Loaded = ReturnType<typeof loadConfig>;

export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  const { clock, env } = examination;
  const service = ownService(env);
  const configPath = examination.configPath ?? service.config;
  yield judgeSystem(systemFacts());
  yield describeNode(process.versions.node, addonVersions());
  yield judgeClock(await clockFacts(clock.wallNow()));
  yield judgeTemperature(readDeviceCondition('/sys'));
  const loaded = loading(configPath);
  if ('refusal' in loaded) {
    yield fail(
      'configuration',
      loaded.refusal,
      'correct it, then run onlooker doctor again: nothing else can be checked',
    );
    return;
  }
  yield ok('configuration', configPath ?? 'none is named with --config, everything is at its default');
  const { config } = loaded;
  const state = examination.stateFolder ?? config.store.folder ?? service.state;
  const daemonRuns = isFolderLocked(state);
  yield* examineStorage(state, daemonRuns);
  yield judgeBroker(
    await brokerFacts({ config, password: loaded.mqttPassword, stateFolder: state, daemonRuns, clock }),
  );
  yield* examineEye(loaded, daemonRuns, examination);
}

async function* examineStorage(folder: string, daemonRuns: boolean | null): AsyncGenerator<Finding> {
  const facts = folderFacts(folder);
  yield judgeDisk(facts);
  yield judgePermissions(permissionFacts(facts));
  const path = databasePath(folder);
  yield judgeDatabase({ path, condition: inspectDatabase(path), daemonRuns });
}

async function* examineEye(
  { config, sourcePassword }: Loaded,
  daemonRuns: boolean | null,
  { clock, watchMs }: Examination,
): AsyncGenerator<Finding> {
  const facts = packFacts(packChoice(config.models));
  const models = judgeModels(facts);
  yield models;
  if ('refusal' in facts) return;
  yield judgeLicenses(facts);
  yield describePrivacy(facts, config);
  const speed = await trySpeed(config, facts.pack, { isBesideDaemon: daemonRuns === true, clock });
  const { trial } = speed;
  yield judgeOpenCv(trial);
  if (models.state === 'fail' || (trial.opencv === null && trial.failure?.isLate === false)) {
    yield judgeCamera({ trial: SENSOR_FIRST, daemonRuns });
    return;
  }
  yield judgeSpeed(speed);
  if (config.source.scenario !== null) {
    yield warn('camera', `the scenario ${config.source.scenario} is simulated, nobody is measured`, SOURCE_CAMERA);
    return;
  }
  const spared = daemonRuns === true && mayDisturb(config.source);
  const camera = spared
    ? IN_USE
    : await tryCamera({ config, sourcePassword, nets: chooseNets(config), forMs: watchMs, clock });
  yield judgeCamera({ trial: camera, daemonRuns });
}

function loading(path: string | null): Loaded | Readonly<{ refusal: string }> {
  try {
    return loadConfig(path, { hostname: hostname() });
  } catch (error) {
    if (error instanceof ConfigError) return { refusal: error.message };
    throw error;
  }
}

/** The kernel gives an attached camera to one program only; a network camera may leave the one it had for the next. */
function mayDisturb({ input, command }: Pick<CaptureOptions, 'input' | 'command'>): boolean {
  return command !== null || (input !== null && isStreamAddress(input));
}

const SOURCE_CAMERA = 'to measure, put source.camera or source.input in the place of source.scenario';

const IN_USE: SparedCamera = {
  kind: 'spared',
  reason: 'not opened, since the running daemon uses it and a second client could take it away',
  remedy: ASK_THE_DAEMON,
};

const SENSOR_FIRST: SparedCamera = {
  kind: 'spared',
  reason: 'not opened, since the sensor cannot start',
  remedy: 'first repair what is wrong with the models or with OpenCV',
};
