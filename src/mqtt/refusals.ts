// Counts what others published and we cannot take, and says so in the log: each reason at once, and then not for an hour.
import type { Clock, Logger } from './ports.ts';

/** Neither `topic` nor `kind` may hold words of the message: each pair is remembered. */
export type Refusal = Readonly<{ topic: string; kind: string; reason: string }>;

const SILENT_MS = 3_600_000;
/** A guess: what a faulty player does wrong has fewer reasons; more are of one that means it, and fill no log. */
const MAX_REASONS = 8;

/** One kind on one topic, for an hour. */
type Told = { from: number; since: number; readonly reasons: Set<string> };

export class Refusals {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #told = new Map<string, Told>();
  #count = 0;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  get count(): number {
    return this.#count;
  }

  refuse({ topic, kind, reason }: Refusal): void {
    this.#count += 1;
    const now = this.#clock.monotonicNow();
    const key = `${topic} ${kind}`;
    const before = this.#told.get(key);
    const told =
      before !== undefined && now - before.from < SILENT_MS
        ? before
        : { from: now, since: before?.since ?? 0, reasons: new Set<string>() };
    this.#told.set(key, told);
    if (told.reasons.has(reason) || told.reasons.size >= MAX_REASONS) {
      told.since += 1;
      return;
    }
    this.#logger.warn({ topic, kind, reason, before: told.since }, 'refused a message of another one');
    told.since = 0;
    told.reasons.add(reason);
  }
}
