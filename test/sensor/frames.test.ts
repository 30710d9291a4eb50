// Tests that frames come out whole and in order however the bytes are cut, and what each kind of source does when it is slow.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameOptions, type RawFrame, readFrames } from '../../src/sensor/frames.ts';
import { frameBytes } from '../../src/sensor/luma.ts';

const SHAPE = { width: 4, height: 2, strideBytes: 6 };
const SIZE = frameBytes(SHAPE);
const FILE: FrameOptions = { frame: SHAPE, periodMs: 66.7, clock: 'media', live: false };
const CAMERA: FrameOptions = { ...FILE, clock: 'monotonic', live: true };

describe('readFrames', () => {
  it('assembles every whole frame however the bytes are cut, and drops a half one', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 3 * SIZE }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.nat(12), fc.nat(SIZE - 1), async (sizes, count, rest) => {
        const stream = Buffer.concat([...Array.from({ length: count }, (_, i) => frame(i)), Buffer.alloc(rest, 255)]);
        const seen: number[] = [];
        for await (const { bytes } of readFrames(cut(stream, sizes), FILE, () => 0)) {
          expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
          seen.push(bytes[0] ?? -1);
        }
        expect(seen).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it('stamps files by the number of the frame', async () => {
    const stamps = (await all(readFrames(cut(frames(4), [5]), FILE, () => 9999))).map(({ at }) => at);
    expect(stamps).toEqual([0, 67, 133, 200]);
  });

  it('stamps camera frames with the whole milliseconds of their last byte', async () => {
    let clock = 1000.25;
    const [first] = await all(
      readFrames(cut(frame(1), [SIZE / 2]), CAMERA, () => {
        clock += 0.5;
        return clock;
      }),
    );
    expect(first).toMatchObject({ at: 1000, completedAt: 1000.75, dropped: 0 });
  });

  it('reads no further ahead of a file than a frame', async () => {
    const source = counted(frames(10));
    const reader = readFrames(source.chunks, FILE, () => 0);
    await reader.next();
    await reader.next();
    expect(source.taken()).toBe(2);
  });

  it('keeps the newest frame of a camera and counts the ones before it', async () => {
    const source = channel();
    const reader = readFrames(source.chunks, CAMERA, () => 0);
    const first = reader.next();
    await source.write(frame(0));
    expect((await first).value).toMatchObject({ dropped: 0 });
    for (const index of [1, 2, 3]) await source.write(frame(index));
    const next = (await reader.next()).value;
    expect(next?.bytes[0]).toBe(3);
    expect(next?.dropped).toBe(2);
  });

  it('leaves a frame untouched while it is worked on, and reuses few buffers', async () => {
    const source = channel();
    const reader = readFrames(source.chunks, CAMERA, () => 0);
    const buffers = new Set<Buffer>();
    let pending = reader.next();
    for (let index = 0; index < 60; index += 1) {
      await source.write(frame(index));
      const { value } = await pending;
      const taken = Buffer.from(value?.bytes ?? []);
      for (const newer of [100, 101, 102]) await source.write(frame(newer));
      expect(value?.bytes.equals(taken)).toBe(true);
      if (value !== undefined) buffers.add(value.bytes);
      // The frames written meanwhile left one waiting.
      await reader.next();
      pending = reader.next();
    }
    expect(buffers.size).toBeLessThanOrEqual(3);
  });

  it('hands out the last camera frame before it reports that reading failed', async () => {
    async function* failing() {
      yield frame(7);
      throw new Error('connection reset');
    }
    const reader = readFrames(failing(), CAMERA, () => 0);
    expect((await reader.next()).value?.bytes[0]).toBe(7);
    await expect(reader.next()).rejects.toThrow('connection reset');
  });
});

function frame(index: number): Buffer {
  return Buffer.alloc(SIZE, index);
}

function frames(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => frame(index)));
}

/** The bytes in pieces of the sizes given, over and over. */
async function* cut(stream: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, piece = 0; from < stream.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    yield stream.subarray(from, from + size);
    from += size;
  }
}

function counted(stream: Buffer) {
  let taken = 0;
  async function* chunks() {
    for await (const chunk of cut(stream, [SIZE])) {
      taken += 1;
      yield chunk;
    }
  }
  return { chunks: chunks(), taken: () => taken };
}

/** A source that is written to; `write` resolves when the reader asks for more. */
function channel() {
  const waiting: { give: ((chunk: Buffer) => void) | null; asked: () => void } = { give: null, asked: () => undefined };
  async function* chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      yield await new Promise<Buffer>((resolve) => {
        waiting.give = resolve;
        waiting.asked();
      });
    }
  }
  const isAsked = () =>
    waiting.give === null
      ? new Promise<void>((resolve) => {
          waiting.asked = resolve;
        })
      : Promise.resolve();
  const write = async (chunk: Buffer) => {
    await isAsked();
    const give = waiting.give;
    waiting.give = null;
    give?.(chunk);
    await isAsked();
  };
  return { chunks: chunks(), write };
}

async function all(reader: AsyncIterable<RawFrame>): Promise<RawFrame[]> {
  const found: RawFrame[] = [];
  for await (const one of reader) found.push(one);
  return found;
}
