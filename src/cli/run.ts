// onlooker run: measures as a service does, and starts anew with another configuration when it is asked to.
import { ConfigError } from '../config/config-error.ts';
import { systemClock } from '../daemon/clock.ts';
import { startDaemon } from '../daemon/daemon.ts';
import { stateFolder } from '../daemon/installation.ts';
import { createLogger, type Logger } from '../daemon/logger.ts';
import { openSource } from '../daemon/open-source.ts';
import { sessionId } from '../daemon/session-id.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { EXIT, errorText } from './exit-code.ts';
import { configured, type SourceOptions } from './source-options.ts';
import { type ServiceSignals, serviceSignals } from './stop-signals.ts';
import { UsageError } from './usage-error.ts';

type Loaded = ReturnType<typeof configured>;

/** What does not start after a reload ends the program as it does at its start: systemd goes by the exit code. */
export async function runDaemon(options: SourceOptions): Promise<number> {
  const signals = serviceSignals();
  let loaded: Loaded | null = configured(options);
  while (loaded !== null) loaded = await measure(options, loaded, signals);
  return EXIT.ok;
}

/** Until it is to stop: null, or until a reload: the configuration to start anew with. */
async function measure(options: SourceOptions, loaded: Loaded, signals: ServiceSignals): Promise<Loaded | null> {
  const { config, mqttPassword, sourcePassword } = loaded;
  const clock = systemClock;
  const logger = createLogger(config.log.level, 1);
  const notifier = createNotifier({ env: process.env, now: clock.monotonicNow, after: clock.after, logger });
  const session = sessionId(clock.wallNow(), Math.random());
  const stopped = signals.stopped.then(() => null);
  // A stream that does not answer is waited for; whoever stops it then does not want to.
  const opened = await Promise.race([
    openSource({ config, sourcePassword, session, clock, logger, random: Math.random, waitsForCamera: true }),
    stopped,
  ]);
  if (opened === null) return null;
  const { source, label, kind, watchman, nets } = opened;
  // During a reload the watchdog is on, and what is open so far is progress.
  notifier.progressed();
  const folder = config.store.folder ?? stateFolder(process.env);
  const daemon = await startDaemon({
    config,
    mqttPassword,
    session,
    stateFolder: folder,
    source,
    watchman,
    nets,
    recordPath: options.record ?? null,
    isReplay: false,
    clock,
    random: Math.random,
    logger,
    notifier,
  });
  const { brokerUrl: broker, playerUrl: player } = daemon;
  logger.info({ session, source: label, broker, player, stateFolder: folder }, 'started');
  if (kind === 'scenario') logger.warn({}, 'a scenario is simulated, not an audience');
  if (kind === 'demo') logger.warn({}, 'no source is configured: the demo scene is measured, not an audience');
  let next: Loaded | null = null;
  try {
    const done = daemon.done.then(() => null);
    next = await Promise.race([done, stopped, nextConfiguration(options, signals, logger)]);
  } finally {
    await daemon.stop(next === null ? 'end' : 'restart');
    logger.info({ session }, next === null ? 'stopped' : 'stopped for a reload');
  }
  return next;
}

/** Waits for one that can be used; those that cannot are told, and nothing else happens. */
async function nextConfiguration(options: SourceOptions, signals: ServiceSignals, logger: Logger): Promise<Loaded> {
  for (;;) {
    await signals.reload();
    try {
      if (options.record !== undefined) throw new UsageError('a recording has one configuration: stop it first');
      return configured(options);
    } catch (error) {
      const problems = error instanceof ConfigError ? error.problems : [errorText(error)];
      logger.error({ config: options.config ?? null, problems }, 'reload refused: the old configuration stays');
    }
  }
}
