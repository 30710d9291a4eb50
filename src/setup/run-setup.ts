// The guided first run: looks around, gets the answers, writes the configuration and starts the service.
import { dirname, join } from 'node:path';
import type { Machine } from '../capture/attached/attached-camera.ts';
import { findAttached } from '../capture/attached/find-attached.ts';
import type { Values } from '../config/commented-yaml.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Config } from '../config/load.ts';
import { problemsOf } from '../config/problems.ts';
import { configSchema } from '../config/schema.ts';
import type { Clock } from '../daemon/clock.ts';
import { packChoice } from '../daemon/nets.ts';
import { ModelError } from '../models/model-error.ts';
import { describedPack } from '../models/pack.ts';
import { UnknownPackError } from '../models/unknown-pack-error.ts';
import { type Answers, type Login, readAnswers } from './answers.ts';
import { type ConfigFile, readConfigFile, replaceConfigFile } from './config-file.ts';
import { type Before, cameraTrouble, draftOf, fallbackCamera, foundIn, isSameScene, mayBeHeld } from './draft.ts';
import { type FaceFacts, faceFacts } from './face-facts.ts';
import { packageDigest, serviceGroup } from './installed-config.ts';
import { brokerTrial, speedOf, stillOf } from './look-around.ts';
import { askAnswers, type Dialog, type Surroundings, tellFinding } from './questions.ts';
import type { Run } from './run-program.ts';
import { configurationText, type Discoveries, PASSWORD_FILES, sectionOf, settingsOf } from './settings.ts';
import { SetupError } from './setup-error.ts';
import type { Canvas } from './still-options.ts';
import { SERVICE, type ServiceState, serviceState, startService } from './unit.ts';

export type Setup = Readonly<{
  configPath: string;
  /** Null where a person answers. */
  answersFile: string | null;
  /** What was configured by hand may be replaced without asking. */
  force: boolean;
  /** Whether the service is started at the end. */
  start: boolean;
  /** With an answers file only its `say` is used. */
  dialog: Dialog;
  canvas: Canvas;
  hostname: string;
  /** Where the daemon keeps its state, unless the configuration says where. */
  stateFolder: string;
  machine: Machine;
  run: Run;
  clock: Clock;
}>;

/** Everything that is looked at while the answers come. */
type Situation = Readonly<{
  setup: Setup;
  file: ConfigFile;
  service: ServiceState;
  before: Before;
  draft: Answers;
}>;

/** False where the service was to start and did not. */
export async function runSetup(setup: Setup): Promise<boolean> {
  const { configPath, answersFile, dialog, hostname, machine, run } = setup;
  const read = readConfigFile(configPath, await packageDigest(configPath, run), hostname);
  if (answersFile === null && !(await mayReplace(read, setup))) {
    dialog.say('Nothing was changed.');
    return true;
  }
  const file = withKnownPack(read, setup);
  const service = await serviceState(configPath, run);
  const cameras = await findAttached(machine);
  const config = configOf(file.values, hostname);
  const before = {
    ...{ config, isChanged: file.isChanged, cameras },
    fallbackCamera: fallbackCamera(machine),
    packEstimates: describedPack(packChoice(config.models)).pack.classifiers.length > 0,
    stateFolder: config.store.folder ?? setup.stateFolder,
  };
  const draft = await draftOf(before);
  // Nobody's age is estimated by Enter because a pack was lost.
  const careful = file === read ? draft : { ...draft, estimatesAgeAndGender: false };
  const situation = { setup, file, service, before, draft: careful };
  const answers = await answersIn(situation);
  const { found } = faceFactsOf(situation, answers);
  const isNew = await write(situation, answers, { ...found, packEstimates: before.packEstimates });
  return finish(situation, isNew);
}

async function mayReplace({ path, isChanged, problem }: ConfigFile, { dialog, force }: Setup): Promise<boolean> {
  dialog.say(
    'Set-up of Onlooker: three questions. Enter takes what is in brackets; nothing is written before the last answer.',
  );
  if (problem !== null) dialog.say(`${problem}\nNothing of it can be kept.`);
  if (!isChanged || force) return true;
  dialog.say(`${path} was changed by hand or by an earlier set-up. Of it only what you answer now is replaced;`);
  dialog.say('a copy is kept beside it, with the comments in it, which are not taken over.');
  return /^(y|yes)$/i.test(await dialog.ask('Go on? [y/N] '));
}

async function answersIn(situation: Situation): Promise<Answers> {
  const { setup, before, draft } = situation;
  const { answersFile, dialog } = setup;
  const around = surroundings(situation);
  if (answersFile === null) return askAnswers(dialog, draft, around);
  const answers = readAnswers(answersFile, await foundIn(before));
  const { camera } = answers.source;
  if (camera !== null) dialog.say(`Camera: ${camera}${cameraTrouble(camera, before.cameras)}`);
  for (const line of faceFactsOf(situation, answers).lines) dialog.say(line);
  const { finding, isImpossible } = await around.tryBroker(answers);
  if (isImpossible) throw new ConfigError(answersFile, [`broker: ${finding.detail}: ${finding.remedy}`]);
  tellFinding(dialog, finding);
  return answers;
}

function surroundings(situation: Situation): Surroundings {
  const { setup, file, service, before, draft } = situation;
  const { dialog, canvas, clock } = setup;
  return {
    cameras: before.cameras,
    showStill: async (answers) => {
      if (service.kind === 'running' && mayBeHeld(answers, draft))
        return 'It is not shown, since the running service may be using it';
      const config = candidate(situation, answers);
      const password = passwordFor(answers.source.login, config.source, file.sourcePassword);
      const problem = await stillOf(config, password, canvas, setup.clock);
      if (problem === null) dialog.say('This is what it sees. It was shown here and is kept nowhere.');
      return problem;
    },
    tellFaces: async (answers) => {
      const { lines, found } = faceFactsOf(situation, answers);
      if (found.farWidth === null) return lines;
      dialog.say('Trying whether this machine is fast enough for that …');
      const config = candidate(situation, answers, { ...found, packEstimates: before.packEstimates });
      const { state, detail, remedy } = await speedOf(config, clock);
      return state === 'ok' ? lines : [...lines, detail, `  → ${remedy}`];
    },
    tryBroker: (answers) => {
      const config = candidate(situation, answers);
      const password = passwordFor(answers.broker.login, config.mqtt, file.mqttPassword);
      return brokerTrial(config, password, before.stateFolder, clock);
    },
  };
}

/** False where everything was so already. */
async function write(situation: Situation, answers: Answers, discoveries: Discoveries): Promise<boolean> {
  const { setup, file } = situation;
  const { dialog, force, answersFile, hostname, clock, run } = setup;
  const text = configurationText(settingsOf(file.values, answers, discoveries));
  const passwords = [
    { name: PASSWORD_FILES.broker, password: answers.broker.login?.password ?? null, before: file.mqttPassword },
    { name: PASSWORD_FILES.source, password: answers.source.login?.password ?? null, before: file.sourcePassword },
  ].flatMap(({ name, password, before }) =>
    password === null ? [] : [{ path: join(dirname(file.path), name), password, isNew: password !== before }],
  );
  if (text === file.text && !passwords.some(({ isNew }) => isNew)) {
    dialog.say(`\n${file.path} says all that already.`);
    return false;
  }
  if (answersFile !== null && file.isChanged && text !== file.text && !force) {
    throw new SetupError(
      `${file.path} was changed by hand or by an earlier set-up: --force replaces it with what the answers say, and keeps a copy.`,
    );
  }
  const stamp = new Date(clock.wallNow()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const copy = replaceConfigFile(file, { text, passwords, hostname, group: await serviceGroup(file.path, run), stamp });
  dialog.say(`\nWritten: ${file.path}`);
  for (const { path } of passwords) dialog.say(`Written: ${path}, for the service alone`);
  if (copy !== null) dialog.say(`Kept as it was: ${copy}`);
  return true;
}

async function finish({ setup, service, file }: Situation, isNew: boolean): Promise<boolean> {
  const { start, dialog, run } = setup;
  if (service.kind === 'none' || !start) {
    const why = service.kind === 'none' ? service.reason : '--no-start was given';
    const how = service.kind === 'none' ? `onlooker run --config ${file.path}` : `systemctl enable --now ${SERVICE}`;
    dialog.say(`The service was not started (${why}). To measure: ${how}`);
    return true;
  }
  if (service.kind === 'running' && !isNew) {
    dialog.say(`${SERVICE} measures with it already.`);
    return true;
  }
  const refusal = await startService(run);
  if (refusal !== null) {
    dialog.say(`${SERVICE} did not start: ${refusal}\n  → journalctl --unit ${SERVICE} --lines 20 tells why`);
    return false;
  }
  dialog.say(`${SERVICE} measures from now on, and after every start of this machine.\nTo check: sudo onlooker doctor`);
  return true;
}

function candidate(situation: Situation, answers: Answers, discoveries?: Discoveries): Config {
  const { setup, file, before } = situation;
  const found = discoveries ?? { farWidth: null, frame: null, packEstimates: before.packEstimates };
  return configOf(settingsOf(file.values, answers, found), setup.hostname);
}

function faceFactsOf(situation: Situation, answers: Answers): FaceFacts {
  const { cameras, config, packEstimates } = situation.before;
  const farWidth = isSameScene(answers, situation.draft) ? config.detector.farWidth : null;
  return faceFacts(candidate(situation, answers, { farWidth, frame: null, packEstimates }), answers, cameras);
}

/** Without its passwords. */
function configOf(values: Values, hostname: string): Config {
  const parsed = configSchema.safeParse(values);
  if (!parsed.success)
    throw new ConfigError('The configuration of these answers', problemsOf(parsed.error.issues, values));
  const { screen, timezone, ...settings } = parsed.data;
  return { ...settings, screen: screen ?? hostname, timezone: timezone ?? 'UTC' };
}

/** A pack that cannot be read is none to keep. */
function withKnownPack(file: ConfigFile, { dialog, hostname }: Setup): ConfigFile {
  try {
    describedPack(packChoice(configOf(file.values, hostname).models));
    return file;
  } catch (error) {
    if (!(error instanceof UnknownPackError || error instanceof ModelError)) throw error;
    dialog.say(`${error.message}\nIt is not kept: one that comes with Onlooker takes its place.`);
    const models = { ...sectionOf(file.values, 'models'), pack: 'default', packFile: null };
    return { ...file, values: { ...file.values, models } };
  }
}

/** The one that is kept is for whom it was, and tried on nobody else. */
function passwordFor(
  login: Login | null,
  { username }: Readonly<{ username: string | null }>,
  before: string | null,
): string | null {
  if (login !== null) return login.password;
  return username === null ? null : before;
}
