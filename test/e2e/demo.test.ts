// The demo shows the whole product: frames, viewers, rows, messages, and figures of all of it.
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { DemoSummary } from '../../src/cli/demo-summary.ts';
import type { Stats } from '../../src/cli/stats-summary.ts';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, isAlive } from '../support/processes.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { newHome } from './home.ts';
import { EVERY_TOPIC, subscribeTo } from './messages.ts';

const TIMEOUT_MS = 120_000;
const TRIGGER_TOPICS = ['party', 'women', 'men', 'welcome'].flatMap((name) =>
  ['trigger', 'plain/trigger'].map((topic) => `onlooker/v1/test/door/${topic}/${name}`),
);

it('shows everything in twelve seconds, and stats agrees with the rollups it published', {
  timeout: TIMEOUT_MS,
}, async () => {
  const home = await newHome();
  const demo = startProgram(['demo', '--for', '12s', '--json', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  await messages.see('now', ({ present }) => (present ?? 0) > 0);
  const family = descendantsOf(demo.pid);
  const { code, stdout, stderr } = await demo.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

  // Parsing fails unless it is exactly one document.
  const summary: DemoSummary = JSON.parse(stdout);
  expect(summary.memory.map(({ process }) => process)).toEqual(['daemon', 'sensor', 'capture']);
  expect(summary.memory.every(({ megabytes }) => (megabytes ?? 0) > 1)).toBe(true);
  expect(Object.entries(summary.msPerFrame).filter(([, ms]) => !(ms > 0))).toEqual([]);
  expect(summary).toMatchObject({ source: 'demo scene', classifies: true });
  expect(summary.messagesReceived).toBeGreaterThan(10);
  expect(readdirSync(summary.stateFolder)).toContain('onlooker.sqlite');
  expect(summary.stateFolder).not.toBe(home.stateFolder);
  expect(existsSync(home.stateFolder)).toBe(false);

  await messages.see('availability', ({ state, session }) => state === 'stopped' && session === summary.session);
  expect(messages.topics()).toEqual([...EVERY_TOPIC, ...TRIGGER_TOPICS].sort());
  // Where a quarter of an hour ends meanwhile, it is told, too.
  const all = messages.all('rollup').map(({ data }) => data);
  expect(all).toHaveLength(summary.rollupsStored);
  const rollups = all.filter(({ period }) => period === '1m');
  expect(rollups.at(-1)).toMatchObject({ partial: true, revision: 0, historical: false });
  const published = {
    personSeconds: sum(rollups.map(({ personSeconds }) => personSeconds)),
    attentionSeconds: sum(rollups.map(({ attentionSeconds }) => attentionSeconds)),
    entered: sum(rollups.map(({ entered }) => entered)),
  };
  expect(published.entered).toBe(summary.viewers);
  expect(published.personSeconds).toBeCloseTo(summary.personSeconds, 2);

  const stats = await runProgram(['stats', '--state', summary.stateFolder, '--last', '1h', '--json']);
  const { amounts }: Stats = JSON.parse(stats.stdout);
  expect(amounts?.entered).toBe(published.entered);
  expect(amounts?.personSeconds).toBeCloseTo(published.personSeconds, 2);
  expect(amounts?.attentionSeconds).toBeCloseTo(published.attentionSeconds, 2);
  await eventually(
    () => family.filter(isAlive),
    (alive) => alive.length === 0,
  );
});

it('picks a free port where another broker is, and says what to type', { timeout: TIMEOUT_MS }, async () => {
  const home = await newHome();
  const other = createServer().listen(home.port, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  const { code, stdout } = await runProgram(['demo', '--for', '8s', '--config', home.config], home.env);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^Watch the ads change: http:\/\/127\.0\.0\.1:\d+\/player$/m);
  const [, port] = stdout.match(/^mosquitto_sub -h 127\.0\.0\.1 -p (\d+) -t 'onlooker\/#' -v$/m) ?? [];
  expect(Number(port)).toBeGreaterThan(0);
  expect(Number(port)).not.toBe(home.port);
  expect(stdout).toContain(`Port ${home.port} is taken. The broker is mqtt://127.0.0.1:${port} this time.`);
  expect(stdout).toMatch(/^Summary {2}demo scene, \d+ s$/m);
  expect(stdout).toMatch(/^Everything that the demo shows has happened\.$/m);
  const [, folder = ''] = stdout.match(/^npx onlooker (stats --state \S+ --config \S+)$/m) ?? [];
  const stats = await runProgram(folder.split(' '));
  expect(stats).toMatchObject({ code: 0, stderr: '' });
  expect(stats.stdout).toContain('person-seconds');
});

it('ends at Ctrl-C, too, with its summary and its last words', { timeout: TIMEOUT_MS }, async () => {
  const home = await newHome();
  const demo = startProgram(['demo', '--config', home.config], home.env);
  const messages = await subscribeTo(home.port);
  // By then everything else that has to happen in a demo has happened.
  await messages.see('health', ({ health }) => health === 'ok');
  await messages.see('viewer', ({ type }) => type === 'onlooker.viewer.left.v1');
  demo.kill('SIGINT');
  const { code, stdout, stderr } = await demo.ended;
  expect(stdout).toMatch(/^Summary {2}demo scene, \d+ s$/m);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await messages.see('availability', ({ state }) => state === 'stopped');
});

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
