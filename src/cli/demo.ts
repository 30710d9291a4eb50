// onlooker demo: shows the whole product, from frames to messages that a subscriber really receives.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../daemon/clock.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { DaemonSetup } from '../daemon/daemon-setup.ts';
import { openEye } from '../daemon/eye/open-eye.ts';
import { createLogger } from '../daemon/logger.ts';
import { chooseNets, describeNets } from '../daemon/nets.ts';
import { sessionId } from '../daemon/session-id.ts';
import { createNotifier } from '../systemd/notifier.ts';
import { demoConfig } from './demo-config.ts';
import { MemoryWatch, summaryOf } from './demo-figures.ts';
import { DemoScreen } from './demo-screen.ts';
import { subscribe } from './demo-subscriber.ts';
import { type DemoSummary, shortfalls } from './demo-summary.ts';
import { EXIT } from './exit-code.ts';
import { configured, type SourceOptions } from './source-options.ts';
import { startWithOwnBroker } from './start-with-own-broker.ts';
import { stopSignal } from './stop-signals.ts';
import { summaryView } from './summary-view.ts';
import { tellUser } from './tell-error.ts';
import { terminal } from './terminal.ts';

export type DemoOptions = SourceOptions & Readonly<{ for?: number; json?: boolean }>;

const INCOMPLETE = 1;
const MEMORY_EVERY_MS = 1000;

/** Exit code 0 only when everything that the demo shows has happened. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const stopped = stopSignal();
  const { mqttPassword, sourcePassword, ...loaded } = configured(options);
  const config = demoConfig(loaded.config);
  const clock = systemClock;
  const stateFolder = mkdtempSync(join(tmpdir(), 'onlooker-demo-'));
  const logger = createLogger(config.log.level, join(stateFolder, 'demo.log'));
  const session = sessionId(clock.wallNow(), Math.random());
  const nets = chooseNets(config);
  const opened = await Promise.race([
    openEye({ config, sourcePassword, nets, session, clock, logger, random: Math.random, waitsForCamera: false }),
    stopped,
  ]);
  if (typeof opened === 'string') return INCOMPLETE;
  const { eye, source, watchman } = opened;
  const startedAt = clock.monotonicNow();
  let otherPort: string | null = null;
  const setup: DaemonSetup = {
    ...{ config, mqttPassword, session, stateFolder, source: eye, watchman, clock, logger },
    ...{ nets: describeNets(nets), recordPath: options.record ?? null, isReplay: false, random: Math.random },
    notifier: createNotifier({ env: process.env, now: clock.monotonicNow, after: clock.after, logger }),
  };
  const daemon = await startWithOwnBroker(setup, (line) => {
    if (options.json === true) tellUser(line);
    otherPort = line;
  });
  const subscriber = await subscribe(daemon.brokerUrl).catch(async (error: unknown) => {
    await daemon.stop();
    throw error;
  });
  const screen =
    options.json === true
      ? null
      : new DemoScreen({
          ...{ daemon, config, source, stateFolder, otherPort, subscriber, clock, startedAt },
          configPath: options.config,
          forMs: options.for ?? null,
        });
  screen?.open();
  const memory = new MemoryWatch();
  const sample = () => memory.sample([{ name: 'daemon', pid: process.pid }, ...eye.processes()]);
  const stopSampling = clock.every(MEMORY_EVERY_MS, sample);
  try {
    await Promise.race([daemon.done, stopped, elapsed(options.for, daemon)]);
    sample();
  } finally {
    stopSampling();
    screen?.close();
    await daemon.stop();
    await subscriber.close();
  }
  const summary = summaryOf(daemon, {
    ...{ source: source.label, stateFolder, session, subscriber, screen: config, memory: memory.figures() },
    runningMs: clock.monotonicNow() - startedAt,
    classifies: nets.pack.classifiers.length > 0,
  });
  return tell(summary, options.json === true);
}

/** The first frame may take a while on a small box: the time counts from then on, or since it is known that none comes. */
function elapsed(forMs: number | undefined, daemon: Daemon): Promise<void> {
  if (forMs === undefined) return new Promise(() => undefined);
  return new Promise((resolve) => {
    const cancel = systemClock.every(50, () => {
      if (daemon.measurement.sight.health === 'starting') return;
      cancel();
      systemClock.after(forMs, resolve);
    });
  });
}

function tell(summary: DemoSummary, isJson: boolean): number {
  process.stdout.write(isJson ? `${JSON.stringify(summary, null, 2)}\n` : `\n${summaryView(summary, terminal())}`);
  const missing = shortfalls(summary);
  if (missing.length === 0) return EXIT.ok;
  if (isJson) process.stderr.write(`onlooker: not everything happened: ${missing.join('; ')}\n`);
  return INCOMPLETE;
}
