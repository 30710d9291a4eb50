// onlooker simulate: the whole daemon with a simulated audience, and the truth beside it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databasePath } from '../../src/daemon/installation.ts';
import { readStats } from '../../src/sqlite/read-stats.ts';
import { collectMessages } from '../support/collect-messages.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { noMosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CROWD = 'arrivals: [{ atSeconds: [0, 1], staySeconds: [60, 60] }]';

describe('what there is', () => {
  it('--list tells every scenario in a sentence', async () => {
    const { code, stdout } = await runInProcess('simulate', '--list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^family +A family .*\.$/m);
    expect(stdout.trim().split('\n')).toHaveLength(11);
  });

  it('--list --json tells the same to a program', async () => {
    const list = JSON.parse((await runInProcess('simulate', '--list', '--json')).stdout);
    expect(list).toHaveLength(11);
    expect(list[3]).toEqual({ name: 'family', description: expect.any(String), seed: 1, lastsSeconds: 600 });
  });

  it('--print prints one that is valid again as a file', async () => {
    const { stdout } = await runInProcess('simulate', 'family', '--print');
    const mine = written(stdout);
    const args = ['--for', '2s', '--speed', 'max', '--json', '--config', await quiet()];
    const { code, stdout: summary } = await runInProcess('simulate', mine, ...args);
    expect([code, JSON.parse(summary)]).toMatchObject([0, { scenario: mine, seed: 1, frames: 20 }]);
  });

  it('says what is missing', async () => {
    expect(await runInProcess('simulate')).toMatchObject({ code: 64, stderr: expect.stringContaining('--list') });
    expect(await runInProcess('simulate', 'rush')).toMatchObject({
      code: 66,
      stderr: expect.stringContaining('family'),
    });
    expect(await runInProcess('simulate', written('seed: x'))).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('seed: must be a whole number from 0 to 4294967295 (got "x")'),
    });
    const nowhere = join(tempFolder(), 'gone', 'truth.jsonl');
    expect(await runInProcess('simulate', 'quiet', '--truth', nowhere)).toMatchObject({ code: 74 });
    const file = written('seed: 1');
    expect(await runInProcess('simulate', 'quiet', '--state', file)).toMatchObject({
      code: 74,
      stderr: expect.stringContaining(`Cannot create the state folder ${file}: it is a file.`),
    });
  });
});

it('the same seed gives the same summary, and the truth agrees with it', async () => {
  const folder = tempFolder();
  const summaries = [];
  for (const name of ['once', 'twice']) {
    const args = ['--for', '90s', '--speed', 'max', '--json', '--truth', join(folder, name), '--config', await quiet()];
    const { code, stdout } = await runInProcess('simulate', 'family', ...args);
    expect(code).toBe(0);
    const { stateFolder: _, session: __, from: ___, rollupsStored, ...summary } = JSON.parse(stdout);
    expect(rollupsStored).toBeGreaterThanOrEqual(2);
    summaries.push(summary);
  }
  expect(summaries[1]).toEqual(summaries[0]);
  const truth = readFileSync(join(folder, 'once'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const people = truth.filter(({ kind }) => kind === 'person');
  const minutes = truth.filter(({ kind }) => kind === 'minute');
  const sum = (lines: readonly Readonly<Record<string, number>>[], key: string) =>
    lines.reduce((total, line) => total + (line[key] ?? 0), 0);
  expect(summaries[0]).toMatchObject({ frames: 900, viewers: people.length });
  expect(sum(minutes, 'personSeconds')).toBeCloseTo(sum(people, 'dwellMs') / 1000, 1);
  expect(sum(minutes, 'cameraSeconds')).toBeCloseTo(90, 3);
  expect(sum(minutes, 'arrived')).toBe(people.length);
  expect(Math.abs(summaries[0]?.personSeconds / sum(minutes, 'personSeconds') - 1)).toBeLessThan(0.02);
});

describe('where it speaks', () => {
  it('is told with the commands to look at it, and why the port is another one than asked for', async () => {
    const port = await freePort();
    const config = written(`mqtt: { port: ${port} }\nlog: { level: silent }`);
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const { stdout, stderr } = await runInProcess('simulate', 'family', '--for', '1s', '--config', config);
    const [, url, own] =
      stderr.match(/^onlooker: Port \d+ is taken\. The broker is (mqtt:\S+:(\d+)) this time\.$/m) ?? [];
    expect(stderr).toContain(`Port ${port} is taken.`);
    expect(stdout).toContain(`Broker    ${url}\nWatch     mosquitto_sub -h 127.0.0.1 -p ${own} -t`);
    expect(stdout).toMatch(
      new RegExp(`^State     npx onlooker stats --state (/\\S+) --config ${config}\nLog       \\1/simulate.log$`, 'm'),
    );
    expect(stdout).toMatch(/^published +true\nThe results stay in \//m);
  });

  it('is told when nobody is there', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const config = written(`mqtt: { url: '${url}', ttlMs: 1000 }\nlog: { level: silent }`);
    const { code, stdout, stderr } = await runInProcess('simulate', 'family', '--for', '1s', '--config', config);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^onlooker: Nothing was published: .*ECONNREFUSED/)]);
    expect(stdout.match(/^Broker +nothing is published: .*ECONNREFUSED.*$/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^published +false$/m);
  });
});

describe('a stop while nobody answers', () => {
  it('is over at once before the first message', async () => {
    const { stop } = await unanswered(60_000);
    expect(await stop()).toMatchObject({ code: 0, withinMs: SECONDS });
  });

  it('is over at once when the last rollups wait for a broker', async () => {
    const { state, stop } = await unanswered(1000);
    await eventually(
      () => (existsSync(databasePath(state)) ? readStats(databasePath(state), ALWAYS).rollups.length : 0),
      (rollups) => rollups > 0,
    );
    expect(await stop()).toMatchObject({ code: 0, withinMs: SECONDS });
  });
});

describe('what happens to a consumer', () => {
  it('a camera that goes: its fault, unknown counts, an alert, and all is well again', async () => {
    const losses = 'cameraLosses: [{ atSeconds: 2, lastsSeconds: 6, fault: busy }]';
    const { collector, done } = await simulated(`${CROWD}\n${losses}`, ['--speed', '4', '--for', '24s']);
    await collector.see('health', '"health":"reconnecting","fault":"busy"');
    await collector.see('alert/busy', '"on":true');
    await collector.see('now', '"health":"reconnecting","present":null');
    await eventually(
      () => collector.on('now').at(-1)?.text ?? '',
      (text) => text.includes('"health":"ok","present":2'),
    );
    expect(await done).toMatchObject({ code: 0 });
  });

  it('a clock that is set: the messages show it, and the periods do not', async () => {
    const jumps = 'clockJumps: [{ atSeconds: 10, bySeconds: -864000 }]';
    const { collector, done } = await simulated(`${CROWD}\n${jumps}`, ['--speed', '40', '--for', '130s']);
    const [first] = await eventually(
      () => collector.on('rollup/1m').map(({ text }) => JSON.parse(text).data.from),
      (from) => from.length >= 2,
    );
    const { at } = JSON.parse(collector.on('now').at(-1)?.text ?? '{}');
    expect(Date.parse(at) - Date.parse(first)).toBeLessThan(-9 * 86_400_000);
    expect(await done).toMatchObject({ code: 0 });
  });

  it('the embedded broker goes and comes back on its port, and says that the daemon is there', async () => {
    const losses = 'brokerLosses: [{ atSeconds: 4, lastsSeconds: 2 }]';
    const { collector: before, port, done } = await simulated(`${CROWD}\n${losses}`, ['--speed', '2', '--for', '14s']);
    await before.see('availability', 'online');
    const after = await eventually(
      () => (before.isConnected() ? null : collectMessages(`mqtt://127.0.0.1:${port}`).catch(() => null)),
      (collector) => collector !== null,
    );
    await after?.see('availability', 'online');
    await after?.see('now', '"health":"ok"');
    expect(await done).toMatchObject({ code: 0 });
  });

  it.skipIf(noMosquitto)('of another broker only the connection goes: it says offline, and online again', async () => {
    const broker = await startMosquitto();
    const losses = 'brokerLosses: [{ atSeconds: 2, lastsSeconds: 2 }]';
    const config = written(`mqtt: { url: '${broker.url}', ttlMs: 1000 }\nlog: { level: silent }`);
    const done = runInProcess('simulate', written(`${CROWD}\n${losses}`), '--for', '6s', '--config', config, '--json');
    const collector = await collectMessages(broker.url);
    const states = () => collector.on('availability').map(({ text }) => JSON.parse(text).state);
    await eventually(states, (said) => said.join().includes('online,offline,online'));
    expect(await done).toMatchObject({ code: 0 });
  });
});

const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };
/** Less than either wait. */
const SECONDS = expect.toSatisfy((ms: number) => ms < 5000, 'less than 5 s');

/** A second of audience for a broker that is away; `stop` is what happens at Ctrl-C. */
async function unanswered(ttlMs: number) {
  const state = tempFolder();
  const config = written(
    `mqtt: { url: 'mqtt://127.0.0.1:${await freePort()}', ttlMs: ${ttlMs} }\nlog: { level: silent }`,
  );
  const before = process.listenerCount('SIGHUP');
  const done = runInProcess(
    'simulate',
    'family',
    '--for',
    '1s',
    '--speed',
    'max',
    '--state',
    state,
    '--config',
    config,
  );
  await eventually(
    () => process.listenerCount('SIGHUP'),
    (count) => count > before,
  );
  const stop = async () => {
    const at = performance.now();
    process.emit('SIGHUP');
    const { code } = await done;
    return { code, withinMs: performance.now() - at };
  };
  return { state, stop };
}

/** Starts it, and subscribes as soon as its broker listens. */
async function simulated(scenario: string, args: readonly string[]) {
  const port = await freePort();
  const config = written(`mqtt: { port: ${port}, ttlMs: 1000 }\nlog: { level: silent }`);
  const done = runInProcess('simulate', written(scenario), ...args, '--config', config, '--json');
  const subscribe = () => collectMessages(`mqtt://127.0.0.1:${port}`).catch(() => null);
  const collector = await eventually(subscribe, (subscribed) => subscribed !== null);
  if (collector === null) throw new Error('no broker');
  return { collector, port, done };
}

function written(text: string): string {
  const path = join(tempFolder(), 'file.yaml');
  writeFileSync(path, text);
  return path;
}

async function quiet(): Promise<string> {
  return written(`mqtt: { port: ${await freePort()} }\nlog: { level: silent }`);
}
