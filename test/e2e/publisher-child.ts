// A publisher as the daemon runs it, in a process of its own whose memory and patience can be measured.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { systemClock } from '../../src/daemon/clock.ts';
import { PlayMeter } from '../../src/daemon/measurement/play-meter.ts';
import { startBroker } from '../../src/mqtt/embedded-broker.ts';
import { Publisher, type PublisherStatus } from '../../src/mqtt/publisher.ts';
import { Refusals } from '../../src/mqtt/refusals.ts';
import { MemoryOutbox, minutes, screen } from '../mqtt/rig.ts';

export type Report = Readonly<{
  url: string;
  status: PublisherStatus;
  log: readonly Readonly<Record<string, unknown>>[];
  heapBytes: number;
  residentBytes: number;
  /** How late the event loop was, since the last report: 99 of 100 times at most so much. */
  delayMs: number;
}>;

/** The address of a broker, or `embedded`. */
const [url = 'embedded', protocolVersion = '4'] = process.argv.slice(2);

const log: Readonly<Record<string, unknown>>[] = [];
const note = (fields: Readonly<Record<string, unknown>>, message: string) => log.push({ ...fields, message });
const logger = { info: note, warn: note };
const refusals = new Refusals(systemClock, logger);
const broker =
  url === 'embedded'
    ? await startBroker({ port: 0, webSocketPort: null }, (reason) => {
        refusals.refuse({ topic: 'any', kind: 'by our broker', reason });
      })
    : null;
const kept = minutes(100);
const publisher: Publisher = new Publisher(
  {
    url: broker?.url ?? url,
    username: 'screen',
    password: null,
    protocolVersion: protocolVersion === '5' ? 5 : 4,
    screen,
    session: 's1',
    ttlMs: 6000,
    listenMs: broker === null ? 100 : 0,
    isReplay: false,
    k: 1,
  },
  {
    clock: systemClock,
    random: Math.random,
    logger,
    outbox: new MemoryOutbox(),
    isStorageError: () => false,
    rollups: ({ from, to }, period, limit) =>
      kept.filter((rollup) => rollup.period === period && rollup.from >= from && rollup.from < to).slice(0, limit),
    refusals,
    play: (told) => plays.told(told),
  },
);
const plays = new PlayMeter(
  { screen, session: 's1', watcherMs: 1000 },
  { clock: systemClock, logger: { warn: logger.warn }, publisher },
);
publisher.start();

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', async () => {
  // What buffers held is given back after they are gone.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await letOthersRun();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const report: Report = {
    url: broker?.url ?? url,
    status: publisher.status(),
    log,
    heapBytes: heapUsed + external,
    residentBytes: rss,
    delayMs: delay.percentile(99) / 1e6,
  };
  delay.reset();
  process.send?.(report);
});
