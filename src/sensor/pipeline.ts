// The only frame loop: watches frame after frame and hands the observations to the outlet.
import type { RawFrame } from './frames.ts';
import type { Outlet } from './outlet.ts';
import type { Sight } from './sight.ts';
import { NOTHING_WATCHED, type WatchOptions, watchFrame } from './watch-frame.ts';

/** So many broken frames in a row are no bad frames but a bad sensor. */
const MAX_FAILURES_IN_A_ROW = 10;

/**
 * Runs until the frames end; returns how many there were. A frame on which a net or OpenCV fails is dropped and counted. `now`
 * is monotonic milliseconds.
 */
export async function runPipeline(
  frames: AsyncIterable<RawFrame>,
  sight: Sight,
  outlet: Outlet,
  options: WatchOptions,
  now: () => number,
): Promise<number> {
  let watching = NOTHING_WATCHED;
  let failures = 0;
  let failuresInARow = 0;
  for await (const frame of frames) {
    await outlet.room();
    const counted = { ...frame, dropped: frame.dropped + failures };
    try {
      const { state, observation, stages } = await watchFrame(watching, counted, !outlet.isFull, sight, options, now);
      watching = state;
      outlet.hand({ observation, stages });
      failuresInARow = 0;
    } catch (error) {
      failures += 1;
      failuresInARow += 1;
      if (failuresInARow >= MAX_FAILURES_IN_A_ROW) throw error;
    }
  }
  await outlet.emptied();
  return watching.seq;
}
