// A day with random SIGKILLs: every period arrives once, whole ones as if nobody had disturbed, broken ones short by little.
import { join } from 'node:path';
import { execSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { randomOf } from '../../src/simulator/random.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { checkLonger, checkMinutes, type Outage, type Rollup } from './never-lost/check-day.ts';
import { Consumer } from './never-lost/consumer.ts';
import { DAY_MS, observationsOf } from './never-lost/day.ts';
import { Daemons, type PlayedDay, startPlayer } from './never-lost/programs.ts';
import { undisturbed } from './never-lost/undisturbed.ts';

const KILLS = process.env['ONLOOKER_LONG'] === '1' ? 200 : 20;
const SEED = Number(process.env['ONLOOKER_SEED'] ?? Date.now() % 1_000_000);
/** The last one lives to tell. */
const LAST_KILL_MS = 0.95 * DAY_MS;
const MINUTES = DAY_MS / 60_000;
const PATIENCE_MS = 60_000;

it.skipIf(noMosquitto)(
  `a day with ${KILLS} kills loses no period (ONLOOKER_SEED=${SEED})`,
  { timeout: 300_000 + KILLS * 10_000 },
  async () => {
    const broker = await startMosquitto();
    const folder = tempFolder();
    const consumer = new Consumer(broker.url);
    await consumer.come();
    const socketPath = join(folder, 'day');
    const outages = await play({ socketPath, seed: SEED, brokerUrl: broker.url, stateFolder: folder }, consumer);
    const expected = undisturbed(observationsOf(randomOf(SEED, 1)), join(folder, 'undisturbed.sqlite'));
    await eventually(
      () => consumer.rollups().length,
      (length) => length === expected.length,
    );

    const got = consumer.rollups();
    expect(got.map(nameOf).sort()).toEqual(expected.map(nameOf).sort());
    // With the one that the end of the source cuts short.
    expect(of('1m', got)).toHaveLength(MINUTES + 1);
    expect(of('15m', got)).toHaveLength(MINUTES / 15);
    expect(of('1h', got)).toHaveLength(MINUTES / 60);
    expect(of('1d', got).map(({ from }) => from)).toEqual(['2026-03-29T00:00:00.000+01:00']);
    expect(consumer.contradictions).toEqual([]);
    const whole = checkMinutes(of('1m', got), of('1m', expected), outages);
    checkLonger(got);
    const summary = `${outages.length} outages, ${whole} of ${MINUTES} minutes whole, ${consumer.deliveries} deliveries`;
    process.stdout.write(`${summary}, seed ${SEED}\n`);
  },
);

/** Plays the day and kills at random moments, every fourth time as soon as the daemon has begun; returns what nobody saw. */
async function play(day: PlayedDay, consumer: Consumer): Promise<readonly Outage[]> {
  const random = randomOf(day.seed, 3);
  const outages: Outage[] = [];
  let at = 0;
  let connections = 0;
  await startPlayer(day, (message) => {
    if (message.kind === 'minute') at = message.at;
    if (message.kind === 'connected') connections += 1;
    if (message.kind === 'outage') outages.push(message);
  });
  const daemons = new Daemons(day);
  const moments = Array.from({ length: KILLS }, () => random() * LAST_KILL_MS).sort((a, b) => a - b);
  for (const [index, moment] of moments.entries()) {
    const before = connections;
    // The history begins with the first commit.
    const isEarly = index > 0 && random() < 0.25;
    // The broker keeps for one who is away.
    if (random() < 0.5) await consumer.come();
    else await consumer.leave();
    daemons.start();
    await eventually(
      () => [connections, at],
      () => connections > before && (isEarly || at >= moment),
      PATIENCE_MS,
    ).catch((e) => { execSync('ps -ef --forest | grep -A3 -B1 child.ts > /tmp/rep/ps.txt; pkill -USR2 -f never-lost/.*-child.ts; sleep 3'); throw e; });
    await daemons.kill();
  }
  await consumer.come();
  daemons.start();
  expect(await daemons.ended()).toBe(0);
  return outages;
}

function of(period: Rollup['period'], rollups: readonly Rollup[]): readonly Rollup[] {
  return rollups.filter((rollup) => rollup.period === period);
}

function nameOf({ period, from }: Rollup): string {
  return `${period} ${from}`;
}
