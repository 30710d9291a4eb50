// What the composition root is given.
import type { Config } from '../config/load.ts';
import type { InfoPayload } from '../contract/payloads.ts';
import type { Notifier } from '../systemd/notifier.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { ObservationSource } from './observation-source.ts';

export type DaemonSetup = Readonly<{
  config: Config;
  mqttPassword: string | null;
  session: string;
  stateFolder: string;
  source: ObservationSource;
  models: InfoPayload['models'];
  recordPath: string | null;
  clock: Clock;
  random: () => number;
  logger: Logger;
  notifier: Notifier;
}>;
