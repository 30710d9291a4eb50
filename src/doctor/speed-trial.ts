// Times the nets of a configuration on frames of the size that it asks for.
import { pictureView } from '../capture/picture-view.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import { packChoice } from '../daemon/nets.ts';
import type { PackSpec } from '../models/pack-schema.ts';
import { type NetsTrial, tryNets } from './nets-trial.ts';
import { farWidthsFor, type SpeedFacts } from './speed.ts';

type Circumstances = Readonly<{ isBesideDaemon: boolean; clock: Clock }>;

/** `pack` is the one that is configured. */
export async function trySpeed(
  { models, source, picture, detector }: Config,
  pack: PackSpec,
  { isBesideDaemon, clock }: Circumstances,
): Promise<SpeedFacts & Readonly<{ trial: NetsTrial }>> {
  const { width, height, framesPerSecond } = source;
  const { frame } = pictureView({ width, height, strideBytes: width }, picture);
  const farWidth = detector.farWidth ?? pack.detector.far.width;
  const farWidths = farWidthsFor(farWidth, frame.width);
  const trial = await tryNets({ choice: packChoice(models), frame, farWidths, isGentle: isBesideDaemon, clock });
  const asked = { farWidth, framesPerSecond, classifies: pack.classifiers.length > 0 };
  return { pack: pack.name, trial, asked, isBesideDaemon };
}
