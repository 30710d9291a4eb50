// onlooker run: measures as a service does.
import { systemClock } from '../daemon/clock.ts';
import { startDaemon } from '../daemon/daemon.ts';
import { stateFolder } from '../daemon/installation.ts';
import { createLogger } from '../daemon/logger.ts';
import { openSource } from '../daemon/open-source.ts';
import { sessionId } from '../daemon/session-id.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { EXIT } from './exit-code.ts';
import { configured, type SourceOptions } from './source-options.ts';
import { stopSignal } from './stop-signals.ts';

export async function runDaemon(options: SourceOptions): Promise<number> {
  const stopped = stopSignal();
  const { config, mqttPassword, sourcePassword } = configured(options);
  const clock = systemClock;
  const logger = createLogger(config.log.level, 1);
  const session = sessionId(clock.wallNow(), Math.random());
  // A stream that does not answer is waited for; whoever stops it then does not want to.
  const opened = await Promise.race([
    openSource({ config, sourcePassword, session, clock, logger, random: Math.random, waitsForCamera: true }),
    stopped,
  ]);
  if (typeof opened === 'string') return EXIT.ok;
  const { source, label, kind, watchman, nets } = opened;
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
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, logger }),
  });
  const { brokerUrl: broker, playerUrl: player } = daemon;
  logger.info({ session, source: label, broker, player, stateFolder: folder }, 'started');
  if (kind === 'scenario') logger.warn({}, 'a scenario is simulated, not an audience');
  if (kind === 'demo') logger.warn({}, 'no source is configured: the demo scene is measured, not an audience');
  try {
    await Promise.race([daemon.done, stopped]);
  } finally {
    await daemon.stop();
    logger.info({ session }, 'stopped');
  }
  return EXIT.ok;
}
