// What the set-up tries: what the camera sees, whether the machine is fast enough, and whether the broker is there.
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
import { LOCAL_BROKER } from './local-broker.ts';
import { showStill } from './show-still.ts';
import type { Canvas } from './still-options.ts';

/** Null when it was shown. */
export async function stillOf(
  config: Config,
  password: string | null,
  canvas: Canvas,
  clock: Clock,
): Promise<string | null> {
  try {
    const source = await resolveSource(captureOptions(config, password));
    return await showStill(source, pictureView(source.frame, config.picture), canvas, clock);
  } catch (error) {
    if (error instanceof CaptureError) return error.message.replace(/\.$/, '');
    throw error;
  }
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
