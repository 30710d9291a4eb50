// The program that shows one frame of a camera on the terminal, during set-up and nowhere else; it can write no file.
import { inheritedBytes } from '../sensor/frames.ts';
import { monotonicMs } from '../sensor/monotonic.ts';
import { readViews } from '../sensor/view.ts';
import type { StillOptions } from '../setup/still-options.ts';
import { drawBlocks } from './blocks.ts';

// Nobody here has business with a network; the permission model does not cover it.
for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

const FRAMES_DESCRIPTOR = 3;
const EXIT_NO_FRAME = 66;

// Only the set-up of the same installation starts it, and it writes just this.
const options = JSON.parse(process.argv[2] ?? 'null') as StillOptions;
const text = await settledFrame(options);
if (text === null) process.exit(EXIT_NO_FRAME);
process.stdout.write(text, () => process.exit());

/** Where the frames end before, the last one. */
async function settledFrame({ settleMs, columns, rows, colors, ...stream }: StillOptions): Promise<string | null> {
  let firstAt: number | null = null;
  let drawn: string | null = null;
  for await (const { bytes, completedAt } of readViews(inheritedBytes(FRAMES_DESCRIPTOR), stream, monotonicMs)) {
    firstAt ??= completedAt;
    drawn = drawBlocks(bytes, stream.frame, { columns, rows, colors });
    if (completedAt - firstAt >= settleMs) break;
  }
  return drawn;
}
