// A clock that stands still until the test moves it; what is due then runs at once.
export type ManualClock = Readonly<{
  wallNow(): number;
  monotonicNow(): number;
  preciseNow(): number;
  every(periodMs: number, task: () => void): () => void;
  after(delayMs: number, task: () => void): () => void;
  /** Moves on by `ms` and runs what becomes due, in order. */
  advance(ms: number): void;
  /** How many tasks wait for their time. */
  waiting(): number;
}>;

export function manualClock(startWallAt = Date.UTC(2026, 2, 14, 9, 26)): ManualClock {
  let elapsedMs = 0;
  let tasks: readonly Readonly<{ dueAt: number; task: () => void }>[] = [];
  const firstDue = (until: number) =>
    [...tasks].sort((a, b) => a.dueAt - b.dueAt).find(({ dueAt }) => dueAt <= until) ?? null;

  const after = (delayMs: number, task: () => void) => {
    const entry = { dueAt: elapsedMs + delayMs, task };
    tasks = [...tasks, entry];
    return () => {
      tasks = tasks.filter((other) => other !== entry);
    };
  };

  return {
    wallNow: () => startWallAt + elapsedMs,
    monotonicNow: () => elapsedMs,
    preciseNow: () => elapsedMs,
    every: (periodMs, task) => {
      const again = () => {
        cancel = after(periodMs, again);
        task();
      };
      let cancel = after(periodMs, again);
      return () => cancel();
    },
    after,
    advance: (ms) => {
      const until = elapsedMs + ms;
      for (let due = firstDue(until); due !== null; due = firstDue(until)) {
        const { dueAt, task } = due;
        tasks = tasks.filter((other) => other !== due);
        elapsedMs = Math.max(elapsedMs, dueAt);
        task();
      }
      elapsedMs = until;
    },
    waiting: () => tasks.length,
  };
}
