// Makes the eye from the configuration: the source, the nets, and how the sensor is to use them.

import { resolveSource } from '../capture/resolve-source.ts';
import type { CaptureSource } from '../capture/source.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from './clock.ts';
import { sensorArgument, streamHeader } from './component-options.ts';
import { Eye } from './eye.ts';
import type { Logger } from './logger.ts';
import type { Nets } from './nets.ts';

export type OpenedEye = Readonly<{ eye: Eye; source: CaptureSource }>;

/** A sensor above this has a leak; healthy ones stay below half of it. */
const MAX_SENSOR_MEGABYTES = 600;

/** Throws a CaptureError when the source is not there or is none. */
export async function openEye(
  config: Config,
  nets: Nets,
  session: string,
  clock: Clock,
  logger: Logger,
  random: () => number,
): Promise<OpenedEye> {
  const { input, camera, width, height, framesPerSecond, pictureMs } = config.source;
  const source = await resolveSource({
    input,
    camera,
    width,
    height,
    fps: framesPerSecond,
    pace: 'realtime',
    pictureMs,
  });
  const eye = new Eye(
    {
      source,
      sensorOptions: sensorArgument(config, source, nets),
      header: streamHeader(source, session),
      wallAtMonotonicZero: clock.wallNow() - clock.monotonicNow(),
      maxSensorMegabytes: MAX_SENSOR_MEGABYTES,
    },
    clock,
    logger,
    random,
  );
  return { eye, source };
}
