// What happens to the history while the disk is full, the database is damaged, or no broker is there for hours.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { RollupEvent } from '../../src/contract/event-schemas.ts';
import type { DaemonSetup } from '../../src/daemon/daemon-setup.ts';
import { databasePath } from '../../src/daemon/installation.ts';
import type { SourceListener } from '../../src/daemon/observation-source.ts';
import { readStats } from '../../src/sqlite/read-stats.ts';
import { type DaemonRig, rigDaemon, SILENT_SOURCE, testConfig } from '../daemon/daemon-rig.ts';
import { type Collector, collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { manualClock } from '../support/manual-clock.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { canMount, tmpfs } from '../support/tmpfs.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

const MINUTE_MS = 60_000;
const PERIOD_MS = 1000;
/** So long after its end a minute is closed. */
const CLOSING_MS = 5000;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
const DAMAGE = 'not a database, but longer than its header has to be '.repeat(20);

it.skipIf(!canMount)('a full disk stops no live message and loses no minute (needs root to mount one)', async () => {
  const { folder } = tmpfs('1m');
  const { daemon, log, watch } = await startWatching(folder);
  const collector = await collectMessages(daemon.brokerUrl);
  await watch(3);
  expect(() => writeFileSync(join(folder, 'ballast'), Buffer.alloc(2_000_000))).toThrow(/ENOSPC/);
  let minutes = 3;
  // What is left of the log takes some more of them.
  for (; daemon.measurement.storage === 'ok' && minutes < 200; minutes += 1) await watch(1);
  await collector.see('alert/storage', '"on":true');
  const liveBefore = collector.on('viewer').length;
  await watch(3);
  await eventually(
    () => collector.on('viewer').length,
    (live) => live >= liveBefore + 6,
  );
  rmSync(join(folder, 'ballast'));
  await watch(1);
  await collector.see('alert/storage', '"on":false');
  expect(log.lines().map(({ message }) => message)).toEqual(
    expect.arrayContaining(['cannot store; live publishing goes on, the parts are kept in memory', 'storing resumed']),
  );
  expect(storedMinutes(folder)).toEqual(Array.from({ length: minutes + 4 }, (_, minute) => minute));
});

it('a damaged database is set aside, and the minutes after it are measured and told', async () => {
  const stateFolder = tempFolder();
  writeFileSync(databasePath(stateFolder), DAMAGE);
  const { daemon, log, watch } = await startWatching(stateFolder);
  const collector = await collectMessages(daemon.brokerUrl);
  expect(log.lines()[0]?.message).toBe('the database was damaged; it was set aside and a new one begun');
  await watch(2);
  await collector.see('viewer', 'entered');
  await rollupsArrive(collector, 2);
  expect(storedMinutes(stateFolder)).toEqual([0, 1]);
});

it('a database that is damaged while it is in use stops no live message, and the next start sets it aside', async () => {
  const stateFolder = tempFolder();
  const first = await startWatching(stateFolder);
  const collector = await collectMessages(first.daemon.brokerUrl);
  await first.watch(2);
  for (const suffix of ['', '-wal']) writeFileSync(databasePath(stateFolder) + suffix, DAMAGE);
  await first.watch(3);
  await eventually(
    () => collector.on('viewer').length,
    (viewers) => viewers >= 10,
  );
  await first.daemon.stop();
  const second = await startWatching(stateFolder);
  expect(second.log.lines()[0]?.message).toBe('the database was damaged; it was set aside and a new one begun');
  await second.watch(1);
  expect(storedMinutes(stateFolder)).toHaveLength(1);
});

it.skipIf(noMosquitto)('a broker that was away for hours is told everything in order, as history', async () => {
  const clock = manualClock(headerOf().wallAtZero);
  const port = await freePort();
  const config = testConfig();
  const mqtt = { ...config.mqtt, url: `mqtt://127.0.0.1:${port}` };
  const setup = { clock, config: { ...config, mqtt, timezone: 'UTC' } };
  const { daemon, watch } = await startWatching(tempFolder(), setup, clock.advance);
  await watch(2 * 60);
  const waiting = daemon.outbox.depth();
  expect(waiting).toBe(2 * 60 + 2 * 4 + 2);

  const broker = await startMosquitto({ port });
  const collector = await collectMessages(broker.url);
  await eventually(
    async () => {
      clock.advance(1000);
      await letOthersRun();
      return daemon.outbox.depth();
    },
    (depth) => depth === 0,
  );
  await rollupsArrive(collector, waiting);
  const told = rollupsIn(collector);
  const endings = told.map(({ to }) => Date.parse(to));
  expect(endings).toEqual(endings.toSorted((a, b) => a - b));
  expect(new Set(told.map(({ period, from }) => `${period} ${from}`)).size).toBe(waiting);
  const old = told.filter(({ to }) => clock.wallNow() - Date.parse(to) > 10 * MINUTE_MS);
  expect(old.length).toBeGreaterThan(waiting - 20);
  expect(old.every(({ historical }) => historical)).toBe(true);
  expect(collector.on('viewer')).toEqual([]);
  // With a clock that stands still it would wait for ever.
  const stopped = daemon.stop().then(() => true);
  await eventually(() => {
    clock.advance(100);
    return Promise.race([stopped, letOthersRun(false)]);
  }, Boolean);
});

type Watching = DaemonRig & Readonly<{ watch(minutes: number): Promise<void> }>;

/** A daemon whose source shows a visitor a minute, as fast as it is asked to. */
async function startWatching(
  stateFolder: string,
  setup: Partial<DaemonSetup> = {},
  pass: (ms: number) => void = () => undefined,
): Promise<Watching> {
  const listeners: SourceListener[] = [];
  const source = { ...SILENT_SOURCE, start: (listener: SourceListener) => void listeners.push(listener) };
  const rig = await rigDaemon({ stateFolder, source, ...setup });
  rig.source.letGo();
  for (const listener of listeners) listener.opened(headerOf({ periodMs: PERIOD_MS }));
  let minute = 0;
  let from = 0;
  return {
    ...rig,
    watch: async (minutes) => {
      for (const end = minute + minutes; minute < end; minute += 1) {
        const start = minute * MINUTE_MS;
        const visitor = walkPast({ from: start + 20_000, until: start + 40_000, track: minute + 1, x: 100 });
        const until = start + MINUTE_MS + CLOSING_MS;
        for (const observation of film([visitor], { from, until, periodMs: PERIOD_MS })) {
          pass(PERIOD_MS);
          for (const listener of listeners) listener.observed(observation, null);
        }
        from = until;
        await letOthersRun();
      }
    },
  };
}

function storedMinutes(stateFolder: string): readonly number[] {
  return readStats(databasePath(stateFolder), EVER).rollups.map(
    ({ from }) => (from - headerOf().wallAtZero) / MINUTE_MS,
  );
}

async function rollupsArrive(collector: Collector, count: number): Promise<void> {
  await eventually(
    () => rollupsIn(collector).length,
    (length) => length >= count,
  );
}

function rollupsIn({ messages }: Collector): readonly RollupEvent['data'][] {
  // The contract has tests of its own.
  return messages
    .filter(({ topic }) => topic.includes('/rollup/'))
    .map(({ text }) => (JSON.parse(text) as RollupEvent).data);
}
