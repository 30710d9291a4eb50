// What the composition root is given.
import type { Config } from '../config/load.ts';
import type { NetFacts } from '../contract/info.ts';
import type { startBroker } from '../mqtt/embedded-broker.ts';
import type { Notifier } from '../systemd/notifier.ts';
import type { Clock } from './clock.ts';
import type { Watchman } from './eye/watchman.ts';
import type { Logger } from './logger.ts';
import type { ObservationSource } from './observation-source.ts';

export type DaemonSetup = Readonly<{
  config: Config;
  mqttPassword: string | null;
  session: string;
  stateFolder: string;
  source: ObservationSource;
  /** Null for a recording, which is played at any time and heats nothing. */
  watchman: Watchman | null;
  /** Null for a recording, which does not say which nets made it. */
  nets: NetFacts | null;
  recordPath: string | null;
  /** A recording is played: what is published is history, and nothing of it comes before the broker listens. */
  isReplay: boolean;
  clock: Clock;
  random: () => number;
  /** In place of the embedded broker as it is. */
  openBroker?: typeof startBroker;
  logger: Logger;
  notifier: Notifier;
}>;
