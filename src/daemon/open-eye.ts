// Makes the eye from the configuration: the source, the nets, and how the sensor is to use them.
import { resolveSource } from '../capture/resolve-source.ts';
import type { CaptureSource } from '../capture/source.ts';
import { sourceFrom } from '../capture/source-from.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from './clock.ts';
import { captureOptions, sensorArgument, streamHeader } from './component-options.ts';
import { Eye } from './eye.ts';
import type { Logger } from './logger.ts';
import type { Nets } from './nets.ts';
import { Pair } from './pair.ts';

export type EyeSetup = Readonly<{
  config: Config;
  /** Of source.username. */
  sourcePassword: string | null;
  nets: Nets;
  session: string;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** A camera may come later, as it does for a service that starts before its camera is plugged in. */
  waitsForCamera: boolean;
}>;

export type OpenedEye = Readonly<{ eye: Eye; source: CaptureSource }>;

/** A sensor above this has a leak; healthy ones stay below half of it. */
const MAX_SENSOR_MEGABYTES = 600;

/** Throws a CaptureError when the source is not there or is none. */
export async function openEye(setup: EyeSetup): Promise<OpenedEye> {
  const { config, sourcePassword, nets, session, clock, logger, random, waitsForCamera } = setup;
  const options = captureOptions(config, sourcePassword);
  const source = waitsForCamera && options.camera !== null ? sourceFrom(options) : await resolveSource(options);
  const sensorOptions = sensorArgument(config, source, nets);
  const eye = new Eye(
    {
      source,
      startPair: (listener) => new Pair(source, sensorOptions, clock, listener),
      header: streamHeader(source, session, nets),
      wallAtMonotonicZero: clock.wallNow() - clock.monotonicNow(),
      maxSensorMegabytes: MAX_SENSOR_MEGABYTES,
    },
    clock,
    logger,
    random,
  );
  return { eye, source };
}
