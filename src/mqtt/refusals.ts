// Counts what others published and we cannot take, and says so in the log: each kind at once, and then not for an hour.
import type { Clock, Logger } from './ports.ts';

/** Neither `topic` nor `kind` may hold words of the message: each pair is remembered. */
export type Refusal = Readonly<{ topic: string; kind: string; reason: string }>;

const SILENT_MS = 3_600_000;

export class Refusals {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #told = new Map<string, { at: number; since: number }>();
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
    const told = this.#told.get(`${topic} ${kind}`);
    if (told !== undefined && now - told.at < SILENT_MS) {
      told.since += 1;
      return;
    }
    this.#logger.warn({ topic, kind, reason, before: told?.since ?? 0 }, 'refused a message of another one');
    this.#told.set(`${topic} ${kind}`, { at: now, since: 0 });
  }
}
