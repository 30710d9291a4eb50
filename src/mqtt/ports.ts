// What this folder needs of the outside: time, chance, the log and the rollups that wait.
import type { Rollup } from '../audience/rollup.ts';

export type Clock = Readonly<{
  /** Unix time, milliseconds. */
  wallNow(): number;
  /** Milliseconds that never step. */
  monotonicNow(): number;
  /** Runs the task once; returns how to prevent it. */
  after(delayMs: number, task: () => void): () => void;
}>;

/** From 0 up to 1. */
export type Random = () => number;

type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void;
export type Logger = Readonly<{ info: Log; warn: Log }>;

export type OutboxPort = Readonly<{
  /** The oldest entries, oldest first. */
  next(limit: number): readonly Readonly<{ id: number; rollup: Rollup }>[];
  acknowledge(id: number): void;
  depth(): number;
}>;
