// The daemon as a process of its own before passing people, which stores minutes of the hours before one after the other.
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { databasePath } from '../../src/daemon/installation.ts';
import { createLogger } from '../../src/daemon/logger.ts';
import { sessionId } from '../../src/daemon/session-id.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { MINUTE_MS, part } from '../sqlite/parts.ts';
import { PassingPeople } from './passing-people.ts';

const PERIOD_MS = 100;
const STORED_EVERY_MS = 400;
/** So many minutes before the test are stored in its course. */
const MINUTES = 200;

const [configPath = '', stateFolder = ''] = process.argv.slice(2);
const { config, mqttPassword } = loadConfig(configPath, { hostname: 'unused' });
const clock = systemClock;
const logger = createLogger('info', 1);
const session = sessionId(clock.wallNow(), Math.random());
const daemon = await startDaemon({
  config,
  mqttPassword,
  session,
  stateFolder,
  source: new PassingPeople(clock, PERIOD_MS),
  watchman: null,
  nets: { pack: 'none', models: [] },
  recordPath: null,
  isReplay: false,
  clock,
  random: Math.random,
  logger,
  notifier: createNotifier({ env: {}, now: clock.monotonicNow, after: clock.after, logger }),
});
logger.info({ session }, 'started');

const store = new RollupStore(new Database(databasePath(stateFolder)));
// One minute after the other, also after a restart: a file that is written once says when it all began.
const beganAt = statSync(configPath).mtimeMs;
clock.every(STORED_EVERY_MS, () => {
  const now = clock.wallNow();
  const minute = Math.floor(beganAt / MINUTE_MS) - MINUTES + Math.floor((now - beganAt) / STORED_EVERY_MS);
  if ((minute + 1) * MINUTE_MS > beganAt) return;
  store.commit({ closed: [part(minute, 30_000)], open: [] }, now);
  daemon.publisher.drain();
});
process.once('SIGTERM', async () => {
  await daemon.stop();
  process.exit(0);
});
