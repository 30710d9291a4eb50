// What the set-up finds out by looking: what the camera sees, how large faces are for the detector, and whether the broker is there.
import type { AttachedCamera } from '../capture/attached/attached-camera.ts';
import { CaptureError } from '../capture/capture-error.ts';
import { pictureView } from '../capture/picture-view.ts';
import { resolveSource } from '../capture/resolve-source.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import { captureOptions } from '../daemon/component-options.ts';
import { packChoice } from '../daemon/nets.ts';
import { brokerFacts, judgeBroker } from '../doctor/broker.ts';
import { type Finding, fail } from '../doctor/finding.ts';
import { judgeSpeed } from '../doctor/speed.ts';
import { trySpeed } from '../doctor/speed-trial.ts';
import { describedPack } from '../models/pack.ts';
import { type Answers, DISTANCES } from './answers.ts';
import {
  type FaceVerdict,
  judgeFaces,
  knownFieldOfView,
  reachMeters,
  shownWidth,
  USUAL_FIELD_OF_VIEW,
} from './face-size.ts';
import { LOCAL_BROKER } from './local-broker.ts';
import type { Findings } from './settings.ts';
import { type Screen, showStill } from './show-still.ts';

/** Null when it was shown. */
export async function stillOf(
  config: Config,
  password: string | null,
  screen: Screen,
  clock: Clock,
): Promise<string | null> {
  try {
    const source = await resolveSource(captureOptions(config, password));
    return await showStill(source, pictureView(source.frame, config.picture), screen, clock);
  } catch (error) {
    if (error instanceof CaptureError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

export type FaceFacts = Readonly<{
  lines: readonly string[];
  found: Pick<Findings, 'farWidth' | 'frame'>;
}>;

/** Frames of streams have their own shape, up to this. */
const STREAM_FRAME = { width: 1280, height: 720 };
const STEP = 32;
const MOST = { width: 1920, height: 1080 };

type Eye = Pick<Answers, 'source' | 'fieldOfViewDegrees'>;

/** Throws an UnknownPackError or a ModelError for a pack that there is not. */
export function faceFacts(config: Config, answers: Answers, cameras: readonly AttachedCamera[]): FaceFacts {
  const { detector, frame, known, shown, fieldOfViewDegrees } = viewOf(config, answers, cameras);
  const { distanceMeters } = answers;
  const verdict = judgeFaces({ distanceMeters, fieldOfViewDegrees }, detector.decoder, shown);
  const lens = known === null ? `a lens of ${USUAL_FIELD_OF_VIEW}° is taken, as most have it` : `lens of ${known}°`;
  const lines = wordsFor(verdict, detector.name, distanceMeters, lens);
  if (verdict.kind === 'enough') return { lines, found: { farWidth: config.detector.farWidth, frame: null } };
  const { farWidth } = verdict;
  return { lines, found: { farWidth, frame: larger(config.source, farWidth / frame.width) } };
}

/** How far away people may be with what is configured, in a number that somebody would say. */
export function configuredReach(config: Config, eye: Eye, cameras: readonly AttachedCamera[]): number {
  const { detector, shown, fieldOfViewDegrees } = viewOf(config, eye, cameras);
  const reach = reachMeters({ fieldOfViewDegrees }, detector.decoder, shown);
  const round = Math.floor(reach * 2) / 2 || Math.floor(reach * 10) / 10;
  return Math.min(DISTANCES.most, Math.max(DISTANCES.least, round));
}

function viewOf(config: Config, { source, fieldOfViewDegrees }: Eye, cameras: readonly AttachedCamera[]) {
  const { detector } = describedPack(packChoice(config.models)).pack;
  const { width, height } = config.source;
  const { frame: seen } = pictureView({ width, height, strideBytes: width }, config.picture);
  const frame = source.input === null ? seen : STREAM_FRAME;
  const camera = cameras.find((one) => one.camera === source.camera);
  const known = fieldOfViewDegrees ?? knownFieldOfView(camera?.name ?? '');
  const shown = shownWidth(detector, frame, config.detector.farWidth);
  return { detector, frame, known, shown, fieldOfViewDegrees: known ?? USUAL_FIELD_OF_VIEW };
}

function wordsFor(verdict: FaceVerdict, net: string, distanceMeters: number, lens: string): readonly string[] {
  const { facePixels, smallestPixels, reachMeters, width } = verdict;
  const size = `At ${distanceMeters} m a face is ${Math.floor(facePixels)} pixels wide for ${net}, which needs ${smallestPixels}`;
  switch (verdict.kind) {
    case 'enough':
      return [`${size}: large enough, up to ${reachMeters.toFixed(1)} m (${lens}).`];
    case 'wider':
      return [
        `${size}: too small in a picture ${Math.round(width)} pixels wide, which reaches ${reachMeters.toFixed(1)} m (${lens}).`,
        `So it will be shown one of ${verdict.farWidth} pixels (detector.farWidth), which takes more of the processor.`,
      ];
    case 'beyond':
      return [
        `${size}: too small, also in the widest picture, which reaches ${verdict.mostMeters.toFixed(1)} m and is taken (${lens}).`,
        `Put the camera nearer to the people, or give it a lens of ${Math.floor(verdict.narrowerDegrees)}° or less.`,
      ];
  }
}

/** The same shape, where it is not large enough. */
function larger({ width, height }: Config['source'], factor: number): Findings['frame'] {
  if (factor <= 1) return null;
  return {
    width: Math.min(MOST.width, Math.ceil((width * factor) / STEP) * STEP),
    height: Math.min(MOST.height, 2 * Math.round((height * factor) / 2)),
  };
}

/** Whether this machine manages the picture that the detector is to be shown. */
export async function speedOf(config: Config, clock: Clock): Promise<Finding> {
  const { pack } = describedPack(packChoice(config.models));
  return judgeSpeed(await trySpeed(config, pack, { isBesideDaemon: false, clock }));
}

export type BrokerTrial = Readonly<{
  finding: Finding;
  /** There is a broker, and it wants to know who comes. */
  isRefused: boolean;
  /** The service would end at once: the embedded broker cannot have its port. */
  isImpossible: boolean;
}>;

/** What runs now is told anew by the set-up, so it is not asked whether a daemon listens. */
export async function brokerTrial(
  config: Config,
  password: string | null,
  stateFolder: string,
  clock: Clock,
): Promise<BrokerTrial> {
  const facts = await brokerFacts({ config, password, stateFolder, daemonRuns: null, clock });
  const { trip } = facts;
  const finding = judgeBroker(facts);
  const isRefused = facts.kind === 'external' && trip?.kind === 'failed' && trip.step === 'connect' && trip.isRefused;
  if (facts.kind === 'external' || trip !== null || finding.state !== 'fail') {
    return { finding, isRefused, isImpossible: false };
  }
  const remedy = `the service cannot start so: take the broker that is there (${LOCAL_BROKER}), or another mqtt.port or mqtt.webSocketPort in the configuration`;
  return { finding: fail('broker', finding.detail, remedy), isRefused, isImpossible: true };
}
