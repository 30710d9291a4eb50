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
import type { Finding } from '../doctor/finding.ts';
import { judgeSpeed } from '../doctor/speed.ts';
import { trySpeed } from '../doctor/speed-trial.ts';
import { describedPack } from '../models/pack.ts';
import type { Answers } from './answers.ts';
import { type FaceVerdict, judgeFaces, knownFieldOfView, shownWidth, USUAL_FIELD_OF_VIEW } from './face-size.ts';
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

/** Throws an UnknownPackError or a ModelError for a pack that there is not. */
export function faceFacts(config: Config, answers: Answers, cameras: readonly AttachedCamera[]): FaceFacts {
  const { detector } = describedPack(packChoice(config.models)).pack;
  const { width, height } = config.source;
  const { frame: seen } = pictureView({ width, height, strideBytes: width }, config.picture);
  const frame = answers.source.input === null ? seen : STREAM_FRAME;
  const camera = cameras.find((one) => one.camera === answers.source.camera);
  const known = answers.fieldOfViewDegrees ?? knownFieldOfView(camera?.name ?? '');
  const scene = {
    distanceMeters: answers.distanceMeters,
    fieldOfViewDegrees: known ?? USUAL_FIELD_OF_VIEW,
  };
  const shown = shownWidth(detector, frame, config.detector.farWidth);
  const verdict = judgeFaces(scene, detector.decoder, shown);
  const lens = known === null ? `a lens of ${USUAL_FIELD_OF_VIEW}° is taken, as most have it` : `lens of ${known}°`;
  const lines = wordsFor(verdict, detector.name, answers.distanceMeters, lens);
  if (verdict.kind === 'enough') return { lines, found: { farWidth: null, frame: null } };
  const { farWidth } = verdict;
  return { lines, found: { farWidth, frame: larger(config.source, farWidth / frame.width) } };
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

export async function brokerTrial(
  config: Config,
  password: string | null,
  daemonRuns: boolean,
  clock: Clock,
): Promise<Readonly<{ finding: Finding; isRefused: boolean }>> {
  const facts = await brokerFacts({ config, password, daemonRuns, clock });
  const { trip } = facts;
  const isRefused = facts.kind === 'external' && trip?.kind === 'failed' && trip.step === 'connect' && trip.isRefused;
  return { finding: judgeBroker(facts), isRefused };
}
