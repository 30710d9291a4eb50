// The frames of a film or camera, and how the program that writes them is left.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filmFrames } from '../../src/analyze/film-frames.ts';
import type { Film } from '../../src/analyze/film-source.ts';
import type { CaptureSource } from '../../src/capture/source.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NOT_STOPPED = new AbortController().signal;
const FRAME = { width: 16, height: 16, strideBytes: 16 };
const FRAME_BYTES = 384;

it('are those that the program writes', async () => {
  const frames = [];
  for await (const { bytes, at } of filmFrames(film(`head -c ${3 * FRAME_BYTES} /dev/zero`), NOT_STOPPED)) {
    frames.push([bytes.length, at]);
  }
  expect(frames).toEqual([
    [FRAME_BYTES, 0],
    [FRAME_BYTES, 100],
    [FRAME_BYTES, 200],
  ]);
});

it.each([
  ['exit 3', 'film.mp4 has no frame that can be read: its decoder ended with 3'],
  ['echo no such device >&2; exit 1', 'film.mp4 has no frame that can be read: no such device'],
  [`head -c ${FRAME_BYTES} /dev/zero; echo torn >&2; exit 1`, 'film.mp4 cannot be read beyond its frame 1: torn'],
])('say what is wrong where the program fails: %s', async (script, message) => {
  await expect(allOf(filmFrames(film(script), NOT_STOPPED))).rejects.toThrow(message);
});

it.each([
  ['whoever reads has enough', NOT_STOPPED],
  ['it is asked to stop', null],
])('let the program take leave of its camera when %s', async (_, signal) => {
  const { capture, goodbye } = cameraLike();
  const stopping = new AbortController();
  for await (const _frame of filmFrames({ file: 'camera', capture }, signal ?? stopping.signal)) {
    if (signal !== null) break;
    stopping.abort();
  }
  expect(readFileSync(goodbye, 'utf8')).toBe('INT\n');
});

it('end a program that does not heed its signal', { timeout: 20_000 }, async () => {
  const deaf = film("trap '' INT; while :; do head -c 65536 /dev/zero; sleep 1; done");
  for await (const _frame of filmFrames(deaf, NOT_STOPPED)) break;
});

/** Writes frames without an end, and takes a moment for its last word. */
function cameraLike() {
  const folder = tempFolder();
  const goodbye = join(folder, 'goodbye');
  const path = join(folder, 'camera.mjs');
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs';
    process.stdout.on('error', () => undefined);
    process.on('SIGINT', () => setTimeout(() => { appendFileSync('${goodbye}', 'INT\\n'); process.exit(0); }, 200));
    setInterval(() => process.stdout.write(Buffer.alloc(${FRAME_BYTES})), 20);`,
  );
  const { capture } = film('');
  expect(existsSync(goodbye)).toBe(false);
  const asCamera = { clock: 'monotonic', live: true, endsByItself: false } as const;
  return { goodbye, capture: { ...capture, ...asCamera, program: process.execPath, args: [path] } };
}

function film(script: string): Pick<Film, 'file' | 'capture'> {
  const capture: CaptureSource = {
    kind: 'command',
    label: 'film',
    program: 'sh',
    args: ['-c', script],
    env: {},
    secret: null,
    device: null,
    frame: FRAME,
    periodMs: 100,
    clock: 'media',
    live: false,
    healthRules: false,
    stopSignal: 'SIGINT',
    deathSignal: 'KILL',
    endsByItself: true,
  };
  return { file: 'film.mp4', capture };
}

async function allOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
