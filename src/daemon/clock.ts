// The clock and timers of the daemon: everything else in it is handed this port.

export type Clock = Readonly<{
  /** Unix time, whole milliseconds; may step. */
  wallNow(): number;
  /** CLOCK_MONOTONIC, whole milliseconds: the same in every process of this machine, never steps. */
  monotonicNow(): number;
  /** The same clock with fractions of a millisecond, to time work. */
  preciseNow(): number;
  /** Runs the task again and again; returns how to stop it. */
  every(periodMs: number, task: () => void): () => void;
  /** Runs the task once; returns how to prevent it. */
  after(delayMs: number, task: () => void): () => void;
}>;

export const systemClock: Clock = {
  wallNow: () => Date.now(),
  monotonicNow: () => Number(process.hrtime.bigint() / 1_000_000n),
  preciseNow: () => Number(process.hrtime.bigint()) / 1e6,
  every: (periodMs, task) => {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  },
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
