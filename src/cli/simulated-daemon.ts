// Starts a daemon with a simulated audience, whose clock jumps and whose broker goes away when the scenario says so.
import type { Config } from '../config/load.ts';
import type { Clock } from '../daemon/clock.ts';
import { CONNECT_MS, type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import type { Logger } from '../daemon/logger.ts';
import { sessionId } from '../daemon/session-id.ts';
import { InterruptibleBroker } from '../daemon/stand-ins/interruptible-broker.ts';
import { openSimulation } from '../daemon/stand-ins/simulation.ts';
import { steppingClock } from '../daemon/stand-ins/stepping-clock.ts';
import { waitFor } from '../daemon/wait-for.ts';
import type { SimulatedEvent } from '../simulator/events.ts';
import type { Scenario } from '../simulator/scenario-schema.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { startWithOwnBroker } from './start-with-own-broker.ts';
import { tellUser } from './tell-error.ts';
import type { TruthFile } from './truth-file.ts';

export type Simulated = Readonly<{
  config: Config;
  mqttPassword: string | null;
  name: string;
  scenario: Scenario;
  seed: number;
  speed: number | 'max';
  /** Unix time of its beginning. */
  wallAtStart: number;
  /** Of simulated time; null for ever. */
  lastsMs: number | null;
  stateFolder: string;
  recordPath: string | null;
  truth: TruthFile | null;
  logger: Logger;
}>;

/** The simulation begins once the broker is there, or is not in time, or once `isStopped`. */
export async function startSimulated(
  simulated: Simulated,
  systemTime: Clock,
  isStopped: () => boolean,
): Promise<Readonly<{ daemon: Daemon; clock: Clock; session: string }>> {
  const { config, mqttPassword, name, stateFolder, recordPath, truth, logger, speed } = simulated;
  const { clock, step } = steppingClock(systemTime);
  const session = sessionId(clock.wallNow(), Math.random());
  const broker = new InterruptibleBroker(clock, logger);
  let daemon: Daemon | null = null;
  const isConnected = () => daemon?.publisher.status().state === 'connected';
  const hasOwnBroker = config.mqtt.url === null;
  const happen = (event: SimulatedEvent) => {
    truth?.event(event);
    if (event.kind === 'clock-jump') step(event.byMs);
    if (event.kind !== 'broker-loss') return;
    const forMs = event.lastsMs / (speed === 'max' ? 1 : speed);
    // A broker of our own goes itself; of another one only the connection does.
    if (hasOwnBroker) broker.interrupt(forMs);
    else daemon?.publisher.interrupt(forMs);
  };
  const source = openSimulation({
    ...simulated,
    ...{ session, clock, label: `scenario ${name}` },
    // Else the first messages of a fast simulation were lost.
    ready: () => waitFor(() => isStopped() || isConnected(), config.mqtt.ttlMs + CONNECT_MS, clock),
    onEvent: happen,
    onTruth: (line) => truth?.truth(line),
  });
  const setup: DaemonSetup = {
    ...{ config, mqttPassword, session, stateFolder, source, clock, logger },
    ...{ watchman: null, nets: null, recordPath, isReplay: false, random: Math.random },
    openBroker: (asked, refused) => broker.open(asked, refused),
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, after: clock.after, logger }),
  };
  daemon = await (hasOwnBroker ? startWithOwnBroker(setup, tellUser) : startDaemon(setup));
  return { daemon, clock, session };
}
