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
  /** Proportional set sizes at the end. */
  processes: readonly ProcessMemory[];
  totalMegabytes: number;
  /** Of the second half of the frames; null when there were too few to tell. */
  growthMegabytesPer1000: number | null;
}>;

type FrameCounter = Readonly<{ seen: () => number; close: () => void }>;

type Sample = Readonly<{ frames: number; processes: readonly ProcessMemory[]; megabytes: number }>;

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
    const samples = await sample(daemon.pid ?? 0, counter.seen, frames);
    const last = samples.at(-1);
    if (last === undefined) throw new Error('onlooker run has ended before its memory was measured');
    return {
      frames: last.frames,
      processes: last.processes,
      totalMegabytes: last.megabytes,
      growthMegabytesPer1000: last.frames < FRAMES_FOR_GROWTH ? null : 1000 * slope(secondHalf(samples, last.frames)),
    };
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
    const megabytes = processes.reduce((sum, process) => sum + process.megabytes, 0);
    samples.push({ frames: Math.round(seen()), processes, megabytes });
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

function secondHalf(samples: readonly Sample[], frames: number): readonly Sample[] {
  return samples.filter((one) => one.frames >= frames / 2);
}

/** Megabytes per frame, by least squares. */
function slope(samples: readonly Sample[]): number {
  const mean = (value: (one: Sample) => number) => samples.reduce((sum, one) => sum + value(one), 0) / samples.length;
  const frames = mean((one) => one.frames);
  const megabytes = mean((one) => one.megabytes);
  const together = mean((one) => (one.frames - frames) * (one.megabytes - megabytes));
  return together / mean((one) => (one.frames - frames) ** 2);
}
