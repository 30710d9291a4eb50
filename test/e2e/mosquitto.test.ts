// A real broker in the place of the embedded one gives the same, and one that refuses the password costs nothing stored.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Stats } from '../../src/cli/stats-summary.ts';
import { instantText } from '../../src/contract/instant.ts';
import type { PayloadOf } from '../../src/contract/topics.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { measuredSeconds, newHome } from './home.ts';
import { EVERY_TOPIC, subscribeTo } from './messages.ts';

it.skipIf(noMosquitto)(
  'the same topics on a real mosquitto, offline after a kill, and online again',
  {
    timeout: 120_000,
  },
  async () => {
    const broker = await startMosquitto();
    const home = await newHome({ mqtt: { url: broker.url } });
    const messages = await subscribeTo(broker.port);
    const first = startProgram(['run', '--config', home.config], home.env);
    const { session } = await first.logged('started');
    await messages.see('availability', (payload) => payload.state === 'online' && payload.session === session);
    await eventually(
      () => measuredSeconds(home),
      (seconds) => seconds > 1,
      40_000,
    );
    first.kill('SIGKILL');
    await messages.see('availability', (payload) => payload.state === 'offline' && payload.session === session);

    const second = startProgram(['run', '--config', home.config], home.env);
    const { session: next } = await second.logged('started');
    await messages.see('availability', (payload) => payload.state === 'online' && payload.session === next);
    await messages.see('rollup', ({ data }) => data.partial && (data.personSeconds ?? 0) > 0);
    await messages.see('now', (payload) => payload.session === next && (payload.present ?? 0) > 0);
    // Told every ten seconds; what is told while the daemon still listens for another one is not sent.
    await messages.see('health', (payload) => payload.session === next);
    second.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    await messages.see('availability', (payload) => payload.state === 'stopped' && payload.session === next);
    expect(messages.topics()).toEqual(EVERY_TOPIC);
    expect(home.queued()).toBe(0);

    const stats = await runProgram(['stats', '--state', home.stateFolder, '--last', '1h', '--json']);
    const { amounts }: Stats = JSON.parse(stats.stdout);
    const minutes = newest(messages.all('rollup').map(({ data }) => data)).filter(({ period }) => period === '1m');
    for (const amount of ['personSeconds', 'attentionSeconds', 'entered'] as const) {
      expect(amounts?.[amount]).toBeCloseTo(
        minutes.reduce((sum, minute) => sum + (minute[amount] ?? 0), 0),
        2,
      );
    }
  },
);

it.skipIf(noMosquitto)(
  'a refused password: it says so, measures and stores on, and delivers with the right one',
  {
    timeout: 120_000,
  },
  async () => {
    const broker = await startMosquitto({ user: { name: 'screen', password: 'right-secret' } });
    const home = await newHome();
    const passwordFile = join(home.folder, 'password');
    home.configure({ mqtt: { url: broker.url, username: 'screen', passwordFile } });
    writeFileSync(passwordFile, 'wrong-secret\n');
    const refused = startProgram(['run', '--config', home.config], home.env);
    const { reason } = await refused.logged('no connection to the broker');
    expect(reason).toMatch(/^refused: bad user name or password/);
    await eventually(
      () => measuredSeconds(home),
      (seconds) => seconds > 1,
      40_000,
    );
    refused.kill('SIGTERM');
    const { code, stdout } = await refused.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain('secret');
    const stored = home.stored().rollups;
    expect(stored.length).toBeGreaterThan(0);
    // Where a quarter of an hour has ended meanwhile, it waits, too.
    expect(home.queued()).toBeGreaterThanOrEqual(stored.length);

    writeFileSync(passwordFile, 'right-secret\n');
    const subscriber = await collectMessages(broker.url, { username: 'screen', password: 'right-secret' });
    const taken = startProgram(['run', '--config', home.config], home.env);
    await taken.logged('connected to the broker');
    await eventually(
      () => home.queued(),
      (queued) => queued === 0,
    );
    for (const { from } of stored) await subscriber.see('rollup/1m', `"from":"${instantText(from)}"`);
    taken.kill('SIGTERM');
    expect(await taken.ended).toMatchObject({ code: 0, stderr: '' });
  },
);

it.skipIf(noMosquitto)(
  'a broker that hangs does not keep it from ending within five seconds',
  {
    timeout: 90_000,
  },
  async () => {
    const broker = await startMosquitto();
    const home = await newHome({ mqtt: { url: broker.url } });
    const run = startProgram(['run', '--config', home.config], home.env);
    await run.logged('connected to the broker');
    await eventually(
      () => measuredSeconds(home),
      (seconds) => seconds > 0,
      40_000,
    );
    broker.freeze();
    const askedAt = performance.now();
    run.kill('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - askedAt).toBeLessThan(5000);
    expect(home.queued()).toBeGreaterThan(0);
  },
);

type Rollup = PayloadOf<'rollup'>['data'];

/** Of each period what was said of it last: the highest revision. */
function newest(rollups: readonly Rollup[]): readonly Rollup[] {
  const inOrder = rollups.toSorted((one, other) => one.revision - other.revision);
  return [...new Map(inOrder.map((rollup) => [`${rollup.period} ${rollup.from}`, rollup])).values()];
}
