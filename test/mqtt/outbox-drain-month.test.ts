// A month without a broker: 46,830 rollups go out in order, while the event loop lives and the memory stays flat.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { rollupEvent } from '../../src/contract/events.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { OutboxDrain } from '../../src/mqtt/outbox-drain.ts';
import { openDatabase } from '../../src/sqlite/open-database.ts';
import { Outbox } from '../../src/sqlite/outbox.ts';
import { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { part } from '../sqlite/parts.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { prefix, screen } from './rig.ts';

const DAYS = 30;
const MINUTES = 1440;
const ROLLUPS = DAYS * (MINUTES + 96 + 24 + 1);
const MEGABYTE = 1e6;

it.skipIf(noMosquitto)('drains in order', { timeout: 300_000 }, async () => {
  const { database } = openDatabase(join(tempFolder(), 'onlooker.sqlite'), 0);
  onTestFinished(() => {
    database.close();
  });
  fill(new RollupStore(database));
  const outbox = new Outbox(database);
  expect(outbox.depth()).toBe(ROLLUPS);

  const broker = await startMosquitto();
  const seen: string[] = [];
  const subscriber = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  onTestFinished(() => subscriber.endAsync(true));
  subscriber.on('message', (_, payload) => seen.push(payload.toString().slice(0, HEAD)));
  await subscriber.subscribeAsync(`${prefix}/rollup/+`, { qos: 1 });
  const publisher = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 });
  onTestFinished(() => publisher.endAsync(true));
  const drain = new OutboxDrain({
    alwaysHistorical: false,
    isStorageError: () => false,
    window: () => 16,
    clock: systemClock,
    logger: { info: () => undefined, warn: () => undefined },
    outbox,
    send: (rollup, historical) =>
      publisher
        .publishAsync(`${prefix}/rollup/${rollup.period}`, JSON.stringify(rollupEvent(rollup, screen, historical)), {
          qos: 1,
        })
        .then(() => undefined),
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [memoryBefore, from] = [process.memoryUsage().heapUsed, performance.now()];
  drain.open();
  await eventually(
    () => outbox.depth(),
    (depth) => depth === 0,
    240_000,
  );
  const seconds = (performance.now() - from) / 1000;
  delay.disable();
  const grownMegabytes = (process.memoryUsage().heapUsed - memoryBefore) / MEGABYTE;
  const delayMs = delay.percentile(99) / 1e6;
  process.stdout.write(
    `${ROLLUPS} rollups in ${seconds.toFixed(1)} s: ${Math.round(ROLLUPS / seconds)} a second, ` +
      `event loop late by ${delayMs.toFixed(1)} ms (99 of 100), heap grown by ${grownMegabytes.toFixed(0)} MB\n`,
  );
  await eventually(
    () => seen.length,
    (length) => length === ROLLUPS,
  );
  const endings = seen.map((text) => Date.parse(/"time":"([^"]+)"/.exec(text)?.[1] ?? ''));
  expect(endings).toEqual(endings.toSorted((a, b) => a - b));
  expect(new Set(seen.map((text) => /"id":"([^"]+)"/.exec(text)?.[1])).size).toBe(ROLLUPS);
  expect(grownMegabytes).toBeLessThan(100);
  expect(delayMs).toBeLessThan(100);
});

/** More than the id and the time take. */
const HEAD = 300;

/** A commit a day instead of one a minute: the same rows. */
function fill(store: RollupStore): void {
  for (let day = 0; day < DAYS; day += 1) {
    const closed = Array.from({ length: MINUTES }, (_, minute) => part(day * MINUTES + minute, 1000));
    store.commit({ closed, open: [] }, 0);
  }
}
