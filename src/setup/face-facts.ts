// How large faces are for the detector, in words and in the settings that make them large enough.
import type { AttachedCamera } from '../capture/attached/attached-camera.ts';
import { pictureView } from '../capture/picture-view.ts';
import type { Config } from '../config/load.ts';
import { packChoice } from '../daemon/nets.ts';
import { describedPack } from '../models/pack.ts';
import { type Answers, DISTANCES } from './answers.ts';
import {
  type FaceVerdict,
  fieldOfPart,
  judgeFaces,
  knownFieldOfView,
  reachMeters,
  shownWidth,
  USUAL_FIELD_OF_VIEW,
  WIDTHS,
} from './face-size.ts';
import type { Discoveries } from './settings.ts';

export type FaceFacts = Readonly<{
  lines: readonly string[];
  found: Pick<Discoveries, 'farWidth' | 'frame'>;
}>;

/** Frames of streams have their own shape, up to this. */
const STREAM_FRAME = { width: 1280, height: 720 };
const STEP = 32;
const MOST = { width: 1920, height: 1080 };

type Eye = Pick<Answers, 'source' | 'fieldOfViewDegrees'>;

/** Throws an UnknownPackError or a ModelError for a pack that there is not. */
export function faceFacts(config: Config, answers: Answers, cameras: readonly AttachedCamera[]): FaceFacts {
  const { detector, frame, known, shown, share, fieldOfViewDegrees } = viewOf(config, answers, cameras);
  const { distanceMeters } = answers;
  // A stream has the size that it has.
  const isStream = answers.source.input !== null;
  const widths = isStream ? WIDTHS.filter((width, index) => index === 0 || width <= frame.width) : WIDTHS;
  const verdict = judgeFaces({ distanceMeters, fieldOfViewDegrees }, detector.decoder, shown, widths);
  const lens = known === null ? `a lens of ${USUAL_FIELD_OF_VIEW}° is taken, as most have it` : `lens of ${known}°`;
  const lines = wordsFor(verdict, detector.name, distanceMeters, { lens, share });
  if (verdict.kind === 'enough') return { lines, found: { farWidth: config.detector.farWidth, frame: null } };
  const farWidth = Math.ceil(verdict.farWidth / STEP) * STEP;
  return { lines, found: { farWidth, frame: isStream ? null : larger(config.source, farWidth / frame.width) } };
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
  const { width, height } = source.input === null ? config.source : STREAM_FRAME;
  const { frame } = pictureView({ width, height, strideBytes: width }, config.picture);
  // A picture that is turned or cut shows another part of what the lens sees, in as many pixels for each of its degrees.
  const share = frame.width / width;
  const camera = cameras.find((one) => one.camera === source.camera);
  const known = fieldOfViewDegrees ?? knownFieldOfView(camera?.name ?? '');
  const shown = shownWidth(detector, frame, config.detector.farWidth);
  const seen = fieldOfPart(known ?? USUAL_FIELD_OF_VIEW, share);
  return { detector, frame, known, shown, share, fieldOfViewDegrees: seen };
}

function wordsFor(
  verdict: FaceVerdict,
  net: string,
  distanceMeters: number,
  { lens, share }: Readonly<{ lens: string; share: number }>,
): readonly string[] {
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
        `Put the camera nearer to the people, or give it a lens of ${Math.floor(fieldOfPart(verdict.narrowerDegrees, 1 / share))}° or less.`,
      ];
  }
}

/** The same shape, where it is not large enough. */
function larger({ width, height }: Config['source'], factor: number): Discoveries['frame'] {
  if (factor <= 1) return null;
  return {
    width: Math.min(MOST.width, Math.ceil((width * factor) / STEP) * STEP),
    height: Math.min(MOST.height, 2 * Math.round((height * factor) / 2)),
  };
}
