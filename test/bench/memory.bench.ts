// Measures the memory of `onlooker run` on the demo scene: of each process, and how it grows over many frames.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import mqtt from 'mqtt';
import { healthSchema } from '../../src/contract/payloads.ts';
import { freePort } from '../support/free-port.ts';
import { memoryOfTree, type ProcessMemory } from './process-tree.ts';

export type MemoryFigures = Readonly<{
  frames: number;
  /** At the end. */
  processes: readonly ProcessMemory[];
  totalMegabytes: number;
  /** Over the second half of the frames, per 1,000 of them; null when there were too few to tell. */
  growth: readonly Growth[] | null;
  samples: readonly Sample[];
}>;

/** `megabytes` of the proportional set size, `anonymousMegabytes` without the pages that other programs share. */
export type Growth = ProcessMemory;

type FrameCounter = Readonly<{ seen: () => number; close: () => void }>;

type Sample = Readonly<{ frames: number; processes: readonly ProcessMemory[] }>;

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Below this the heaps of a start still settle. */
const FRAMES_FOR_GROWTH = 4000;
const SAMPLE_EVERY_MS = 5000;

/** With more frames a second than the daemon can look at, it looks at as many as it can: they take less time. */
export async function measureMemory(frames: number, framesPerSecond: number): Promise<MemoryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-bench-'));
  const port = await freePort();
  const config = join(folder, 'onlooker.yaml');
  const settings = { source: { framesPerSecond }, mqtt: { port }, store: { folder }, log: { level: 'error' } };
  writeFileSync(config, JSON.stringify(settings));
  const daemon = spawn(process.execPath, [PROGRAM, 'run', '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const counter = countFrames(port);
  try {
    return figuresOf(await sample(daemon.pid ?? 0, counter.seen, frames));
  } finally {
    counter.close();
    const exit = once(daemon, 'exit');
    if (daemon.kill('SIGTERM')) await exit;
    rmSync(folder, { recursive: true });
  }
}

/** Until so many frames were seen. */
async function sample(pid: number, seen: () => number, frames: number): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (;;) {
    await pause(SAMPLE_EVERY_MS);
    const processes = memoryOfTree(pid);
    if (processes.length === 0) return samples;
    samples.push({ frames: Math.round(seen()), processes });
    if (seen() >= frames) return samples;
  }
}

/** The daemon says how many frames it looks at in a second, now and then: their number is the sum over time. */
function countFrames(port: number): FrameCounter {
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 200 });
  let frames = 0;
  let rate = 0;
  let since = performance.now();
  const advance = () => {
    const now = performance.now();
    frames += (rate * (now - since)) / 1000;
    since = now;
    return frames;
  };
  client.subscribe('onlooker/v1/+/+/health');
  client.on('message', (_, payload) => {
    advance();
    rate = healthSchema.parse(JSON.parse(payload.toString())).framesPerSecond ?? 0;
  });
  // It is there before its broker, and connects again by itself.
  client.on('error', () => undefined);
  return { seen: advance, close: () => client.end(true) };
}

function figuresOf(samples: readonly Sample[]): MemoryFigures {
  const last = samples.at(-1);
  if (last === undefined) throw new Error('onlooker run has ended before its memory was measured');
  const { frames, processes } = last;
  const half = samples.filter((one) => one.frames >= frames / 2);
  const growthOf = ({ name }: ProcessMemory): Growth => ({
    name,
    megabytes: 1000 * slope(half, name, 'megabytes'),
    anonymousMegabytes: 1000 * slope(half, name, 'anonymousMegabytes'),
  });
  return {
    frames,
    processes,
    totalMegabytes: processes.reduce((sum, { megabytes }) => sum + megabytes, 0),
    growth: frames < FRAMES_FOR_GROWTH ? null : processes.map(growthOf),
    samples,
  };
}

/** Megabytes per frame of the process of that name, by least squares. */
function slope(samples: readonly Sample[], name: string, amount: 'megabytes' | 'anonymousMegabytes'): number {
  const points = samples.flatMap(({ frames, processes }) =>
    processes.filter((one) => one.name === name).map((one) => ({ frames, megabytes: one[amount] })),
  );
  const mean = (value: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const frames = mean((point) => point.frames);
  const megabytes = mean((point) => point.megabytes);
  const together = mean((point) => (point.frames - frames) * (point.megabytes - megabytes));
  return together / mean((point) => (point.frames - frames) ** 2);
}
