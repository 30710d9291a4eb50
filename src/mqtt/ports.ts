// What this folder needs of the outside: time, chance, the log, and the rollups that wait or are kept.
import type { PeriodName, Rollup } from '../audience/rollup.ts';
import type { PayloadOf } from '../contract/topics.ts';

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

/** Whether it is the storage that fails, which passes or is mended; every other error is a bug. */
export type IsStorageError = (error: unknown) => boolean;

export type OutboxPort = Readonly<{
  /** The oldest of the entries that come after one, oldest first. */
  next(limit: number, afterId: number): readonly Readonly<{ id: number; rollup: Rollup }>[];
  acknowledge(ids: readonly number[]): void;
  depth(): number;
}>;

/** The rollups of one length that begin in the range, oldest first and at most `limit`; Unix milliseconds, `to` exclusive. */
export type RollupsPort = (
  range: Readonly<{ from: number; to: number }>,
  period: PeriodName,
  limit: number,
) => readonly Rollup[];

/** What the player tells of a play; returns why that cannot be, or null. */
export type PlayPort = (told: PayloadOf<'play'>) => string | null;
