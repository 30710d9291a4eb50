// The composition root: opens every resource in order, wires them, and closes them in the reverse order.
import { startBroker } from '../mqtt/embedded-broker.ts';
import type { RollupsPort } from '../mqtt/ports.ts';
import { Publisher } from '../mqtt/publisher.ts';
import { Refusals } from '../mqtt/refusals.ts';
import { createRecordingWriter } from '../recording/write-recording.ts';
import { lockFolder } from '../sqlite/lock-folder.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { Outbox } from '../sqlite/outbox.ts';
import { Retention } from '../sqlite/retention.ts';
import { RollupStore } from '../sqlite/rollup-store.ts';
import { StorageError } from '../sqlite/storage-error.ts';
import { audienceOptions } from './component-options.ts';
import { createFolder } from './create-folder.ts';
import type { DaemonSetup } from './daemon-setup.ts';
import { Housekeeping } from './housekeeping.ts';
import { databasePath } from './installation.ts';
import { Lifecycle } from './lifecycle.ts';
import { Measurement } from './measurement/measurement.ts';
import { targetingOptions } from './measurement/targeting-options.ts';
import { Triggers } from './measurement/triggers.ts';
import { brokerOptions, openPlayerPage } from './player-page.ts';
import { waitFor } from './wait-for.ts';
import { calendarOf } from './zoned-time.ts';

export type Daemon = Readonly<{
  measurement: Measurement;
  publisher: Publisher;
  outbox: Outbox;
  brokerUrl: string;
  /** Of the page that shows what a player would; null when none is served. */
  playerUrl: string | null;
  /** Resolves when the source has ended; rejects when it will never work. */
  done: Promise<void>;
  /**
   * Closes viewers, writes the open period as partial, says `stopped`, and ends every process it started. systemd hears whether
   * the program ends or another daemon is to start in it.
   */
  stop(then?: 'end' | 'restart'): Promise<void>;
}>;

/** How long a stop waits for the broker to take the last rollups. */
const FAREWELL_MS = 1000;
/** A broker that does not answer for so long is away. */
export const CONNECT_MS = 2000;

export async function startDaemon(setup: DaemonSetup): Promise<Daemon> {
  const lifecycle = new Lifecycle(setup.logger);
  try {
    return await openAll(setup, lifecycle);
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

async function openAll(setup: DaemonSetup, lifecycle: Lifecycle): Promise<Daemon> {
  const { config, session, source, clock, random, logger, notifier } = setup;

  const { store, history, outbox, retention } = openStore(setup, lifecycle);

  const { openBroker = startBroker } = setup;
  const refusals = new Refusals(clock, logger);
  const refuse = (reason: string) => refusals.refuse({ topic: 'any', kind: 'by our broker', reason });
  const broker = config.mqtt.url === null ? await openBroker(brokerOptions(config), refuse) : null;
  if (broker !== null) lifecycle.opened('broker', () => broker.close());
  const brokerUrl = broker?.url ?? config.mqtt.url ?? '';
  const playerUrl = await openPlayerPage(setup, broker, lifecycle);

  const publisher: Publisher = new Publisher(
    {
      url: brokerUrl,
      username: config.mqtt.username,
      password: setup.mqttPassword,
      protocolVersion: config.mqtt.protocolVersion,
      screen: config,
      session,
      ttlMs: config.mqtt.ttlMs,
      // Nobody else can speak on a broker of our own.
      listenMs: broker === null ? config.mqtt.ttlMs : 0,
      isReplay: setup.isReplay,
      k: config.privacy.k,
    },
    {
      ...{ clock, random, logger, outbox, rollups: history, refusals },
      isStorageError: (error) => error instanceof StorageError,
      play: (told) => measurement.plays.told(told),
    },
  );
  publisher.start();
  lifecycle.opened('publisher', () => publisher.stop());
  // What the broker does not take in time goes out after the next start.
  const isTaken = () => outbox.depth() === 0 || publisher.status().state !== 'connected';
  lifecycle.opened('outbox', () => waitFor(isTaken, FAREWELL_MS, clock));

  const { recordPath } = setup;
  const recorder =
    recordPath === null
      ? null
      : createRecordingWriter(recordPath, (error) => logger.error({ err: error }, 'recording stopped'));
  if (recorder !== null) lifecycle.opened('recording', () => recorder.close());

  const triggers = new Triggers(
    {
      targeting: targetingOptions(config.triggers),
      timezone: config.timezone,
      session,
      ttlMs: config.mqtt.ttlMs,
    },
    { clock, publisher },
  );
  const measurement = new Measurement(
    {
      audience: audienceOptions(config),
      screen: config,
      session,
      ttlMs: config.mqtt.ttlMs,
      commitEveryMs: config.store.commitEveryMs,
    },
    { clock, logger, publisher, triggers, recorder, store },
  );
  lifecycle.opened('measurement', () => measurement.ended());

  const housekeeping = new Housekeeping({ ...setup, measurement, publisher, outbox, retention });
  lifecycle.opened('housekeeping', () => housekeeping.stop());

  if (setup.isReplay) {
    await waitFor(() => publisher.status().state === 'connected', config.mqtt.ttlMs + CONNECT_MS, clock);
  }
  const done = new Promise<void>((resolve, reject) => {
    lifecycle.opened('source', () => source.stop());
    source.start(housekeeping.listener(resolve, reject));
  });
  // Whoever waits for it hears of it; a stop before that is no unhandled rejection.
  done.catch(() => undefined);

  const closed = once(async (then: 'end' | 'restart' = 'end') => {
    await Promise.all([then === 'end' ? notifier.stopping() : notifier.reloading(), lifecycle.close()]);
  });
  return { measurement, publisher, outbox, brokerUrl, playerUrl, done, stop: closed };
}

/** However often it is called, it is done once, and everybody waits for the same end. */
function once<Asked extends unknown[]>(work: (...asked: Asked) => Promise<void>): (...asked: Asked) => Promise<void> {
  let result: Promise<void> | null = null;
  return (...asked) => (result = result ?? work(...asked));
}

function openStore({ config, stateFolder, clock, logger }: DaemonSetup, lifecycle: Lifecycle) {
  createFolder(stateFolder);
  // Before the database is touched: the last run may be still running.
  lifecycle.opened('lock', lockFolder(stateFolder));
  const { database, setAside } = openDatabase(databasePath(stateFolder), clock.wallNow());
  lifecycle.opened('database', () => {
    database.close();
  });
  if (setAside !== null) logger.error({ setAside }, 'the database was damaged; it was set aside and a new one begun');
  const rollups = new RollupStore(database, calendarOf(config.timezone));
  const recovered = rollups.recover(clock.wallNow());
  if (recovered.length > 0) logger.warn({ periods: recovered.length }, 'recovered what the last run left open');
  const store = { commit: (parts: Parameters<RollupStore['commit']>[0]) => rollups.commit(parts, clock.wallNow()) };
  const history: RollupsPort = (...asked) => rollups.rollups(...asked);
  return { store, history, outbox: new Outbox(database), retention: new Retention(database) };
}
