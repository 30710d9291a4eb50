// A daemon whose observations come from the player of the day, which kills it.
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/daemon/clock.ts';
import { startDaemon } from '../../../src/daemon/daemon.ts';
import { createLogger } from '../../../src/daemon/logger.ts';
import { createNotifier } from '../../../src/systemd/notifier.ts';
import { TIMEZONE } from './day.ts';
import { SocketSource } from './socket-source.ts';

const [socketPath = '', brokerUrl = '', stateFolder = '', session = ''] = process.argv.slice(2);
/** A second daemon is looked out for only so long, since each start waits for it. */
const TTL_MS = 300;

const { config } = loadConfig(null, { hostname: 'lobby' });
const clock = systemClock;
const logger = createLogger('error', 2);
const daemon = await startDaemon({
  config: { ...config, timezone: TIMEZONE, mqtt: { ...config.mqtt, url: brokerUrl, ttlMs: TTL_MS } },
  mqttPassword: null,
  session,
  stateFolder,
  source: new SocketSource(socketPath, session),
  watchman: null,
  nets: null,
  recordPath: null,
  isReplay: false,
  clock,
  random: Math.random,
  logger,
  notifier: createNotifier({ env: {}, now: clock.monotonicNow, after: clock.after, logger }),
});
await daemon.done;
await untilEmpty(daemon.outbox);
await daemon.stop();

function untilEmpty(outbox: Readonly<{ depth(): number }>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = systemClock.every(20, () => {
      if (outbox.depth() > 0) return;
      cancel();
      resolve();
    });
  });
}
