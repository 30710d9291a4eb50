// Makes the eye from the configuration: the source, the nets, and how the sensor is to use them.
import { existsSync } from 'node:fs';
import { machineWith } from '../../capture/attached/this-machine.ts';
import { CaptureError } from '../../capture/capture-error.ts';
import { resolveSource } from '../../capture/resolve-source.ts';
import type { CaptureSource } from '../../capture/source.ts';
import type { Config } from '../../config/load.ts';
import type { Clock } from '../clock.ts';
import { isClockSynchronized } from '../clock-synchronized.ts';
import { captureOptions, sensorArgument, streamHeader } from '../component-options.ts';
import { readDeviceCondition } from '../device-condition.ts';
import type { Logger } from '../logger.ts';
import type { Nets } from '../nets.ts';
import { Eye } from './eye.ts';
import type { Lens } from './lens.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { atRate, patientSource } from './patient-source.ts';
import { startPair } from './start-pair.ts';
import { createWatchman, HALF_RATE, type Watchman } from './watchman.ts';

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

export type OpenedEye = Readonly<{ eye: Eye; source: CaptureSource; watchman: Watchman }>;

/** A sensor above this has a leak; healthy ones stay below half of it. */
const MAX_SENSOR_MEGABYTES = 600;
const NOT_SEEN = 'source.scenario is for onlooker run and onlooker simulate; no camera can see it. Take it out.';

/** Throws a CaptureError when the source is not there or is none. */
export async function openEye(setup: EyeSetup): Promise<OpenedEye> {
  const { config, sourcePassword, nets, session, clock, logger, random, waitsForCamera } = setup;
  if (config.source.scenario !== null) throw new CaptureError(NOT_SEEN);
  const options = captureOptions(config, sourcePassword);
  const isPatient = waitsForCamera && (options.camera !== null || options.command !== null);
  const source = isPatient ? patientSource(options) : await resolveSource(options);
  const wallAtMonotonicZero = clock.wallNow() - clock.monotonicNow();
  // Once, as the time of day above: a clock that is set later mends no stamp of this session.
  const clockSynced = await isClockSynchronized(machineWith(process.env['PATH']));
  const inTurn = oneAtATime(clock);
  const lens = (at: CaptureSource): Lens => {
    const sensorOptions = sensorArgument(config, at, nets);
    return {
      source: at,
      header: streamHeader(config, at, session, nets, clockSynced),
      startPair: inTurn((listener) => startPair(at, sensorOptions, clock, listener)),
    };
  };
  const canHalve = !source.endsByItself && atRate(source, options, HALF_RATE) !== source;
  const watchman = createWatchman(config, clock, () => readDeviceCondition('/sys'), canHalve);
  const eye = new Eye(
    {
      lens: (rateRatio) => lens(atRate(source, options, rateRatio)),
      duty: () => watchman.duty(),
      exists: existsSync,
      wallAtMonotonicZero,
      maxSensorMegabytes: MAX_SENSOR_MEGABYTES,
    },
    clock,
    logger,
    random,
  );
  return { eye, source, watchman };
}
