// A clock that leaps to whatever is waited for, so that a day passes as fast as it can be reckoned.
import type { Clock } from '../clock.ts';

/**
 * Time stands still while nobody waits; then it leaps to the instant that is waited for, past everything that repeats until
 * then. Only one waits at a time, as a played source does.
 */
export function leapingClock(startWallAt: number): Clock {
  let nowMs = 0;
  let repeated: readonly Repeated[] = [];
  const leapTo = (until: number) => {
    for (let next = firstDue(repeated, until); next !== null; next = firstDue(repeated, until)) {
      nowMs = next.dueAt;
      next.dueAt += next.periodMs;
      next.task();
    }
    nowMs = Math.max(nowMs, until);
  };
  return {
    wallNow: () => startWallAt + Math.floor(nowMs),
    monotonicNow: () => Math.floor(nowMs),
    preciseNow: () => nowMs,
    every: (periodMs, task) => {
      const entry = { dueAt: nowMs + periodMs, periodMs, task };
      repeated = [...repeated, entry];
      return () => {
        repeated = repeated.filter((other) => other !== entry);
      };
    },
    after: (delayMs, task) => {
      const dueAt = nowMs + delayMs;
      const turn = setImmediate(() => {
        leapTo(dueAt);
        task();
      });
      return () => clearImmediate(turn);
    },
  };
}

type Repeated = { dueAt: number; readonly periodMs: number; readonly task: () => void };

function firstDue(repeated: readonly Repeated[], until: number): Repeated | null {
  const due = repeated.filter(({ dueAt }) => dueAt <= until);
  return due.reduce<Repeated | null>((a, b) => (a !== null && a.dueAt <= b.dueAt ? a : b), null);
}
