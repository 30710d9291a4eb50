// The only frame loop: watches frame after frame and hands the observations to the outlet.
import type { RawFrame } from './frames.ts';
import type { Outlet } from './outlet.ts';
import type { Sight } from './sight.ts';
import { NOTHING_WATCHED, type WatchOptions, watchFrame } from './watch-frame.ts';

/** Runs until the frames end; returns how many there were. `now` is monotonic milliseconds. */
export async function runPipeline(
  frames: AsyncIterable<RawFrame>,
  sight: Sight,
  outlet: Outlet,
  options: WatchOptions,
  now: () => number,
): Promise<number> {
  let watching = NOTHING_WATCHED;
  for await (const frame of frames) {
    await outlet.room();
    const { state, observation, stages } = await watchFrame(watching, frame, !outlet.isFull, sight, options, now);
    watching = state;
    outlet.hand({ observation, stages });
  }
  await outlet.emptied();
  return watching.seq;
}
