// A day with random SIGKILLs: every period arrives once, whole ones as if nobody had disturbed, broken ones short by little.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { randomOf } from '../../src/simulator/random.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { type Ended, type Program, startScript } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { checkLonger, checkMinutes, type Outage, type Rollup } from './never-lost/check-day.ts';
import { Consumer } from './never-lost/consumer.ts';
import { DAY_MS, observationsOf } from './never-lost/day.ts';
import { undisturbed } from './never-lost/undisturbed.ts';

const KILLS = process.env['ONLOOKER_LONG'] === '1' ? 200 : 20;
const SEED = Number(process.env['ONLOOKER_SEED'] ?? Date.now() % 1_000_000);
const MINUTES = DAY_MS / 60_000;
/** A daemon that is never killed plays the day in half a minute, where it has the processor for itself. */
const PATIENCE_MS = 120_000;

it.skipIf(noMosquitto)(
  `a day with ${KILLS} kills loses no period (ONLOOKER_SEED=${SEED})`,
  { timeout: 300_000 + KILLS * 10_000 },
  async () => {
    // Nobody speaks while lives are short, and then the whole day comes at once, maybe while the consumer is away.
    const broker = await startMosquitto({ queue: 2 * MINUTES });
    const consumer = new Consumer(broker.url);
    await consumer.come();
    const outages = await play(broker.url, consumer);
    const expected = undisturbed(observationsOf(randomOf(SEED, 1)), join(tempFolder(), 'undisturbed.sqlite'));
    await eventually(
      () => ({ missing: missing(expected, consumer.rollups()) }),
      (now) => now.missing.length === 0,
      PATIENCE_MS,
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

/** Starts a daemon whenever the player has killed one, until the day is over; returns what nobody saw. */
async function play(brokerUrl: string, consumer: Consumer): Promise<readonly Outage[]> {
  const folder = tempFolder();
  const socketPath = join(folder, 'day');
  const random = randomOf(SEED, 3);
  const player = startChild('player', socketPath, String(SEED), String(KILLS));
  await player.logged('ready');
  for (let life = 0; life <= KILLS; life += 1) {
    // The broker keeps for one who is away.
    if (life === KILLS || random() < 0.5) await consumer.come();
    else await consumer.leave();
    const session = `run${String(life).padStart(3, '0')}`;
    const daemon = startChild('daemon', socketPath, brokerUrl, folder, session);
    const end = life < KILLS ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null };
    expect(await endOf(daemon, `${session} of ${KILLS} to end`, player)).toMatchObject({ ...end, stderr: '' });
  }
  await endOf(player, 'the player to end', player);
  const { outages } = await player.logged('the day is over');
  // The player of this test wrote it.
  return outages as readonly Outage[];
}

function startChild(name: 'player' | 'daemon', ...args: readonly string[]): Program {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const hooks = path('../support/typescript-hooks.mjs');
  return startScript(['--import', hooks, path(`never-lost/${name}-child.ts`), ...args]);
}

async function endOf(program: Program, waitsFor: string, player: Program): Promise<Ended | null> {
  let ended: Ended | null = null;
  void program.ended.then((end) => {
    ended = end;
  });
  await eventually(
    () => ({ waitsFor, ended, player: player.stdout().slice(-200) }),
    (now) => now.ended !== null,
    PATIENCE_MS,
  );
  return ended;
}

function missing(expected: readonly Rollup[], got: readonly Rollup[]): readonly string[] {
  const names = new Set(got.map(nameOf));
  return expected.map(nameOf).filter((name) => !names.has(name));
}

function of(period: Rollup['period'], rollups: readonly Rollup[]): readonly Rollup[] {
  return rollups.filter((rollup) => rollup.period === period);
}

function nameOf({ period, from }: Rollup): string {
  return `${period} ${from}`;
}
