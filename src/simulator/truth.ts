// The truth beside what is emitted: who really came, how long and how attentive, and the true person-seconds of each minute.
import { MINUTE_MS } from '../audience/time-units.ts';
import type { Person } from './person.ts';

/** Instants are milliseconds after the start. */
export type Truth =
  | Readonly<{ kind: 'person'; person: Person; dwellMs: number; attentionMs: number }>
  | Readonly<{
      kind: 'minute';
      from: number;
      personMs: number;
      attentionMs: number;
      arrived: number;
      /** For how long the camera could see in it. */
      cameraMs: number;
    }>;

type Minute = { personMs: number; attentionMs: number; arrived: number; cameraMs: number };

/** Minutes are those of the wall, which may begin before the start. */
export class TruthTally {
  readonly #wallAtStart: number;
  readonly #endMs: number;
  readonly #minutes = new Map<number, Minute>();
  #next: number;

  constructor(wallAtStart: number, endMs: number) {
    this.#wallAtStart = wallAtStart;
    this.#endMs = endMs;
    this.#next = this.#minuteOf(0);
  }

  arrived(person: Person): void {
    const at = this.#minuteOf(person.arrivesAt);
    if (person.arrivesAt < this.#endMs) this.#minute(at).arrived += 1;
    this.#spread(person.arrivesAt, person.leavesAt, 'personMs');
    this.#spread(person.looksFrom, person.looksTo, 'attentionMs');
  }

  cameraSaw(from: number, to: number): void {
    this.#spread(from, to, 'cameraMs');
  }

  /** Of somebody who has left, or was still there at the end. */
  personTruth(person: Person): Truth {
    const lasted = (from: number, to: number) => Math.max(0, Math.min(to, this.#endMs) - from);
    return {
      kind: 'person',
      person,
      dwellMs: lasted(person.arrivesAt, person.leavesAt),
      attentionMs: lasted(person.looksFrom, person.looksTo),
    };
  }

  /** The minutes that are over at `at`, in order. */
  *minutesUntil(at: number): Generator<Truth, void, undefined> {
    for (; this.#next + MINUTE_MS <= at; this.#next += MINUTE_MS) yield this.#take();
  }

  /** With the minute in which the end lies. */
  *minutesToEnd(): Generator<Truth, void, undefined> {
    yield* this.minutesUntil(this.#endMs);
    if (this.#next < this.#endMs) yield this.#take();
  }

  #take(): Truth {
    const minute = this.#minute(this.#next);
    this.#minutes.delete(this.#next);
    return { kind: 'minute', from: this.#next, ...minute };
  }

  #spread(from: number, to: number, amount: 'personMs' | 'attentionMs' | 'cameraMs'): void {
    const until = Math.min(to, this.#endMs);
    for (let start = from; start < until; ) {
      const minute = this.#minuteOf(start);
      const end = Math.min(until, minute + MINUTE_MS);
      this.#minute(minute)[amount] += end - start;
      start = end;
    }
  }

  /** Start of the minute of the wall in which the instant lies. */
  #minuteOf(at: number): number {
    return Math.floor((this.#wallAtStart + at) / MINUTE_MS) * MINUTE_MS - this.#wallAtStart;
  }

  #minute(from: number): Minute {
    const minute = this.#minutes.get(from) ?? { personMs: 0, attentionMs: 0, arrived: 0, cameraMs: 0 };
    this.#minutes.set(from, minute);
    return minute;
  }
}
