// Measures how soon a decision follows the observation that decides it, and how soon a subscriber has it, with either broker.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import mqtt from 'mqtt';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/daemon/clock.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { createLogger } from '../../src/daemon/logger.ts';
import type { SourceListener } from '../../src/daemon/observation-source.ts';
import { createNotifier } from '../../src/systemd/notifier.ts';
import { freePort } from '../support/free-port.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

type BrokerName = 'embedded' | 'mosquitto';
type Percentiles = Readonly<{ medianMs: number; p95Ms: number; count: number }>;

export type DecisionFigures = readonly Readonly<{
  broker: BrokerName;
  /** From the observation that decides to the instant of publishing. */
  decided: Percentiles;
  /** From publishing to the subscriber, of every `now` and `trigger`. */
  delivered: Percentiles;
  /** The same way through the same broker for a message of that size of a client that does nothing else. */
  baseline: Percentiles;
}>[];

type Received = Readonly<{ topic: string; text: string; at: number }>;
type Subscriber = Readonly<{ received: readonly Received[]; close(): void }>;

const PERIOD_MS = 100;
/** Somebody is there for half of it. */
const VISIT_MS = 2000;
const GOAL_MS = 20;
const NO_TIMES = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };
const CONNECT_MS = 1500;
/** The daemon listens for rivals on an external broker, for one ttl. */
const TTL_MS = 1000;
const PING_BYTES = 500;
/** Not `plain/trigger/somebody`. */
const JSON_TOPICS = /bench\/(now|trigger\/somebody)$/;
const RULES = {
  rules: [{ name: 'somebody', when: [{ atLeast: 1 }], afterSeconds: 0, releaseSeconds: 0 }],
};

export async function measureDecisions(visits: number): Promise<DecisionFigures> {
  const figures = [await measureWith('embedded', visits)];
  const port = await freePort();
  const mosquitto = spawn('mosquitto', ['-p', String(port)], { stdio: 'ignore' });
  try {
    await pause(CONNECT_MS);
    figures.push(await measureWith('mosquitto', visits, `mqtt://127.0.0.1:${port}`));
  } finally {
    await ended(mosquitto);
  }
  return figures;
}

export function describeDecisions(figures: DecisionFigures): string {
  const row = (name: string, { medianMs, p95Ms, count }: Percentiles, goal = '') =>
    `  ${name.padEnd(44)}${medianMs.toFixed(1).padStart(7)} ms  p95 ${p95Ms.toFixed(1).padStart(6)} ms  of ${count}${goal}`;
  return figures
    .flatMap(({ broker, decided, delivered, baseline }) => [
      `deciding in time, ${broker} broker`,
      row('observation to decision', decided, `  (goal: p95 ${GOAL_MS} ms)`),
      row('decision to subscriber', delivered, `  (goal: p95 ${GOAL_MS} ms)`),
      row('a plain client to the subscriber', baseline),
      `  ratio of the p95 to that of the plain client ${(delivered.p95Ms / baseline.p95Ms).toFixed(1)}`,
    ])
    .join('\n');
}

async function measureWith(broker: BrokerName, visits: number, url: string | null = null) {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-bench-'));
  const path = join(folder, 'onlooker.yaml');
  const port = await freePort();
  writeFileSync(path, JSON.stringify({ mqtt: url === null ? { port } : { url, ttlMs: TTL_MS }, triggers: RULES }));
  const { config } = loadConfig(path, { hostname: 'bench' });
  const logger = createLogger('error', 2);
  const seen: number[] = [];
  const daemon = await startDaemon({
    config,
    mqttPassword: null,
    session: 'bench',
    stateFolder: folder,
    source: {
      start: (listener) => void play(listener, visits, seen),
      stop: () => Promise.resolve(),
      processes: () => [],
    },
    watchman: null,
    nets: null,
    recordPath: null,
    isReplay: false,
    clock: systemClock,
    random: Math.random,
    logger,
    notifier: createNotifier({ env: {}, now: systemClock.monotonicNow, after: systemClock.after, logger }),
  });
  const subscriber = subscribe(Number(new URL(daemon.brokerUrl).port));
  await daemon.done;
  const baseline = await pings(daemon.brokerUrl, subscriber, visits * 4);
  subscriber.close();
  await daemon.stop();
  rmSync(folder, { recursive: true });
  const told = subscriber.received.filter(({ topic }) => JSON_TOPICS.test(topic)).map(stamped);
  // A state is repeated between observations, too; a change comes with one.
  const changes = told.filter(({ topic, on }, index) => topic.endsWith('somebody') && on !== lastOn(told, index));
  return {
    broker,
    decided: percentiles(changes.map(({ publishedAt }) => publishedAt - latest(seen, publishedAt))),
    delivered: percentiles(told.map(({ at, publishedAt }) => at - publishedAt)),
    baseline: percentiles(baseline),
  };
}

/** Observations as a sensor sends them, in real time. */
async function play(listener: SourceListener, visits: number, seen: number[]): Promise<void> {
  await pause(CONNECT_MS + TTL_MS);
  const zero = systemClock.monotonicNow();
  const people = Array.from({ length: visits }, (_, visit) =>
    walkPast({ from: visit * VISIT_MS, until: visit * VISIT_MS + VISIT_MS / 2, track: visit + 1, x: 200 }),
  );
  listener.opened(headerOf({ clock: 'monotonic', classifiesAge: false, live: true, wallAtZero: Date.now() - zero }));
  for (const observation of film(people, { periodMs: PERIOD_MS, until: visits * VISIT_MS })) {
    const at = zero + observation.at;
    await pause(Math.max(0, at - systemClock.monotonicNow()));
    seen.push(preciseWall());
    listener.observed({ ...observation, at }, { stages: NO_TIMES, sentAt: systemClock.preciseNow() });
  }
  listener.ended();
}

function subscribe(port: number): Subscriber {
  const child = spawn('mosquitto_sub', ['-p', String(port), '-t', '#', '-F', '%U\t%t\t%p'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  const received: Received[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const [at = '', topic = '', payload = ''] of lines.map((line) => line.split('\t'))) {
      received.push({ topic, text: payload, at: Number(at) * 1000 });
    }
  });
  return { received, close: () => child.kill() };
}

async function pings(url: string, subscriber: Subscriber, count: number): Promise<readonly number[]> {
  const client = await mqtt.connectAsync(url);
  for (let index = 0; index < count; index += 1) {
    await pause(PERIOD_MS);
    client.publish('ping', JSON.stringify({ at: preciseWall(), filler: 'x'.repeat(PING_BYTES) }));
  }
  await pause(CONNECT_MS);
  await client.endAsync();
  return subscriber.received.flatMap(({ topic, text, at }) => (topic === 'ping' ? [at - JSON.parse(text).at] : []));
}

function stamped({ topic, text, at }: Received) {
  const payload: { at: string; on?: boolean } = JSON.parse(text);
  return { topic, at, on: payload.on, publishedAt: Date.parse(payload.at) };
}

function lastOn(told: readonly ReturnType<typeof stamped>[], index: number): boolean | undefined {
  return told.slice(0, index).findLast(({ topic }) => topic.endsWith('somebody'))?.on;
}

/** The instant of publishing is told in whole milliseconds. */
function latest(seen: readonly number[], publishedAt: number): number {
  return Math.floor(seen.findLast((at) => Math.floor(at) <= publishedAt) ?? Number.NaN);
}

/** Unix time with a fraction. */
function preciseWall(): number {
  return performance.timeOrigin + performance.now();
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { medianMs: at(0.5), p95Ms: at(0.95), count: sorted.length };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  if (child.kill()) await exit;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(describeDecisions(await measureDecisions(Number(process.argv[2] ?? 15))));
  process.exit();
}
