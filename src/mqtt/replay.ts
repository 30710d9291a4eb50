// Answers one request for rollups that somebody missed: sends them once more, at the pace at which the broker takes them over.
import { PERIOD_MS, type PeriodName, type Rollup } from '../audience/rollup.ts';
import { instantText } from '../contract/instant.ts';
import type { PayloadOf } from '../contract/topics.ts';
import { messageOf } from '../observation/message-of.ts';
import type { Clock, IsStorageError, RollupsPort } from './ports.ts';

export type ReplayAnswer = Readonly<{ requestId: string; rollups: number; refusal: string | null }>;

export type ReplayPorts = Readonly<{
  clock: Clock;
  rollups: RollupsPort;
  isStorageError: IsStorageError;
  /** How many may be under way on this connection. */
  window(): number;
  /** Resolves when the broker has taken the rollup over; null when there is no connection. */
  send(rollup: Rollup): Promise<void> | null;
  answer(answer: ReplayAnswer): void;
}>;

type Request = Readonly<{ requestId: string; period: PeriodName; from: number; to: number }>;

const MAX_ROLLUPS = 10_000;
/** Read at a time, so that nothing else waits for the database. */
const SLICE = 200;

export class Replay {
  readonly #ports: ReplayPorts;
  #running: Request | null = null;

  constructor(ports: ReplayPorts) {
    this.#ports = ports;
  }

  ask({ requestId, period, from, to }: PayloadOf<'replay'>): void {
    // A request that is delivered twice is still one.
    if (requestId === this.#running?.requestId) return;
    const request = { requestId, period, from: Date.parse(from), to: Date.parse(to) };
    const refusal = this.#running === null ? problemOf(request, this.#ports.clock.wallNow()) : BUSY;
    if (refusal !== null) this.#ports.answer({ requestId, rollups: 0, refusal });
    else void this.#run(request);
  }

  /** The connection is gone: whoever asked asks again. */
  close(): void {
    this.#running = null;
  }

  async #run(request: Request): Promise<void> {
    this.#running = request;
    const { requestId } = request;
    let rollups = 0;
    let refusal: string | null = null;
    const inFlight = new Set<Promise<void>>();
    try {
      for (const rollup of this.#rollups(request)) {
        const sent = this.#ports.send(rollup);
        if (sent === null) return this.close();
        rollups += 1;
        const taken = sent
          .catch((error: unknown) => {
            refusal ??= `the broker did not take a rollup over: ${messageOf(error)}`;
          })
          .then(() => {
            inFlight.delete(taken);
          });
        inFlight.add(taken);
        if (inFlight.size >= this.#ports.window()) await Promise.race(inFlight);
        if (this.#running !== request || refusal !== null) break;
      }
      await Promise.all(inFlight);
    } catch (error) {
      if (!this.#ports.isStorageError(error)) throw error;
      refusal = `the rollups cannot be read: ${messageOf(error)}`;
    }
    if (this.#running !== request) return;
    this.#running = null;
    this.#ports.answer({ requestId, rollups, refusal });
  }

  *#rollups({ period, from, to }: Request): Generator<Rollup> {
    for (let start = from; ; ) {
      const slice = this.#ports.rollups({ from: start, to }, period, SLICE);
      yield* slice;
      const last = slice.at(-1);
      if (last === undefined || slice.length < SLICE) return;
      // Those of another time zone, of before it was changed, may begin within it.
      start = last.from + 1;
    }
  }
}

const BUSY = 'another request is being answered: ask again when its result has come';

/** Why it cannot be answered, and what to do; null when it can. */
function problemOf({ period, from, to }: Request, now: number): string | null {
  if (from >= to) return '"from" is not before "to": "to" is where the period after the last one starts';
  if (from >= now) return `"from" lies in the future: here it is ${instantText(now)}`;
  const asked = Math.ceil((to - from) / PERIOD_MS[period]);
  if (asked <= MAX_ROLLUPS) return null;
  const firstTo = instantText(from + MAX_ROLLUPS * PERIOD_MS[period]);
  return `${asked} rollups are more than ${MAX_ROLLUPS}: ask in parts, first with "to": "${firstTo}" and the next from there on`;
}
