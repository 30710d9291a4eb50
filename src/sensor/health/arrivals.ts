// Notices that frames come much faster than the camera promises, from a backlog, or much more slowly.

/** How many frames had arrived at moments of the last half minute; the oldest comes first. */
export type Arrivals = Readonly<{ marks: readonly Mark[]; isTooFast: boolean; isSuspect: boolean; isTooSlow: boolean }>;

type Mark = Readonly<{ at: number; arrived: number }>;

export const NOTHING_ARRIVED: Arrivals = { marks: [], isTooFast: false, isSuspect: false, isTooSlow: false };

const MARK_EVERY_MS = 200;
const FAST_WINDOW_MS = 5000;
const SUSPECT_WINDOW_MS = 1000;
const SLOW_WINDOW_MS = 30_000;
const TOO_FAST = 3;
const TOO_SLOW = 0.5;
/** A camera that is asked for 10 frames a second and gives 30 is not too fast, and its frames come a little early or late. */
const SLACK_FRAMES = 3;
/** What is too fast or too slow must come this near to what was promised to be well again. */
const WELL_FAST = 2;
const WELL_SLOW = 0.6;

/** `arrived` counts all frames until `at`, those dropped included. */
export function noticeArrivals(before: Arrivals, at: number, arrived: number, periodMs: number): Arrivals {
  const { marks } = before;
  const isFaster = (windowMs: number, isAlready: boolean) => {
    const from = markBefore(marks, at - windowMs);
    if (from === undefined) return false;
    // Nothing came between that mark and the window, should it be older: what has come came within the window.
    const promised = Math.min(at - from.at, windowMs + MARK_EVERY_MS) / periodMs;
    return arrived - from.arrived > (isAlready ? WELL_FAST : TOO_FAST) * promised + SLACK_FRAMES;
  };
  const slow = markBefore(marks, at - SLOW_WINDOW_MS);
  const share = slow === undefined ? 1 : ((arrived - slow.arrived) * periodMs) / (at - slow.at);
  return {
    marks: marked(marks, at, arrived),
    isTooFast: isFaster(FAST_WINDOW_MS, before.isTooFast),
    isSuspect: isFaster(SUSPECT_WINDOW_MS, before.isSuspect),
    isTooSlow: share < (before.isTooSlow ? WELL_SLOW : TOO_SLOW),
  };
}

export function arrivalsWord({ isTooFast, isSuspect }: Arrivals): 'ok' | 'suspect' | 'too-fast' {
  if (isTooFast) return 'too-fast';
  return isSuspect ? 'suspect' : 'ok';
}

function marked(marks: readonly Mark[], at: number, arrived: number): readonly Mark[] {
  const last = marks.at(-1);
  if (last !== undefined && at - last.at < MARK_EVERY_MS) return marks;
  const first = marks.findLastIndex((mark) => mark.at <= at - SLOW_WINDOW_MS);
  return [...marks.slice(Math.max(0, first)), { at, arrived }];
}

/** The newest one that is not newer. */
function markBefore(marks: readonly Mark[], at: number): Mark | undefined {
  return marks.findLast((mark) => mark.at <= at);
}
