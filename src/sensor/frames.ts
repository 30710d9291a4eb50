// Assembles whole frames from the bytes of the capture program and stamps when each was complete.
import { Socket } from 'node:net';
import { type FrameShape, frameBytes } from './luma.ts';

export type FrameOptions = Readonly<{
  frame: FrameShape;
  /** Period of the source, milliseconds. */
  periodMs: number;
  /** `media`: frames are stamped by their number, as if none was ever late. */
  clock: 'monotonic' | 'media';
  /** A live source keeps the newest frame and drops the rest; any other is held back until its frames are wanted. */
  live: boolean;
}>;

export type RawFrame = Readonly<{
  /** I420; valid until the next frame is asked for. */
  bytes: Buffer;
  /** Milliseconds of the stream's clock. */
  at: number;
  /** Monotonic milliseconds when the last byte came. */
  completedAt: number;
  /** Frames dropped so far. */
  dropped: number;
  /** One byte per pixel, 0 where the privacy mask hides it; null where all may be seen. */
  visible: Uint8Array | null;
}>;

/** The bytes of the capture program stopped coming other than by its end. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** The bytes that the capture program writes to an inherited descriptor; this process cannot write to it. */
export async function* inheritedBytes(descriptor: number): AsyncGenerator<Buffer> {
  try {
    yield* new Socket({ fd: descriptor, readable: true, writable: false });
  } catch (cause) {
    throw new FrameError(`no frames can be read from descriptor ${descriptor}: ${String(cause)}`, { cause });
  }
}

/** Yields whole frames; what is left of a last, incomplete one is dropped. `now` is monotonic milliseconds. */
export async function* readFrames(
  chunks: AsyncIterable<Buffer>,
  options: FrameOptions,
  now: () => number,
): AsyncGenerator<RawFrame> {
  const spare: Buffer[] = [];
  const whole = assemble(chunks, options, now, spare);
  for await (const frame of options.live ? newest(whole, spare) : whole) {
    yield frame;
    // The next frame is asked for, so this one is done with.
    spare.push(frame.bytes);
  }
}

/** `spare` holds buffers to use again: a camera would otherwise leave megabytes per second to the garbage collector. */
async function* assemble(
  chunks: AsyncIterable<Buffer>,
  { frame, clock, periodMs }: FrameOptions,
  now: () => number,
  spare: Buffer[],
): AsyncGenerator<RawFrame> {
  const size = frameBytes(frame);
  const empty = () => spare.pop() ?? Buffer.allocUnsafeSlow(size);
  let bytes = empty();
  let filled = 0;
  let index = 0;
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.length; ) {
      const copied = chunk.copy(bytes, filled, taken);
      taken += copied;
      filled += copied;
      if (filled < size) continue;
      const completedAt = now();
      const at = clock === 'media' ? Math.round(index * periodMs) : Math.floor(completedAt);
      yield { bytes, at, completedAt, dropped: 0, visible: null };
      index += 1;
      bytes = empty();
      filled = 0;
    }
  }
}

/** Reads on while a frame is being worked on, and hands out the newest that is complete. */
async function* newest(whole: AsyncIterable<RawFrame>, spare: Buffer[]): AsyncGenerator<RawFrame> {
  const waiting: { frame: RawFrame | null; over: boolean; wake: () => void } = {
    frame: null,
    over: false,
    wake: () => undefined,
  };
  let dropped = 0;
  const keepNewest = async () => {
    for await (const frame of whole) {
      if (waiting.frame !== null) {
        dropped += 1;
        spare.push(waiting.frame.bytes);
      }
      waiting.frame = frame;
      waiting.wake();
    }
  };
  // The outcome is awaited only when the last frame was handed out, so a failure must not count as unhandled until then.
  const outcome = keepNewest()
    .then(
      () => null,
      (error: unknown) => ({ error }),
    )
    .finally(() => {
      waiting.over = true;
      waiting.wake();
    });
  for (;;) {
    if (waiting.frame !== null) {
      const frame = waiting.frame;
      waiting.frame = null;
      yield { ...frame, dropped };
    } else if (waiting.over) {
      const failure = await outcome;
      if (failure !== null) throw failure.error;
      return;
    } else {
      await new Promise<void>((resolve) => {
        waiting.wake = resolve;
      });
    }
  }
}
