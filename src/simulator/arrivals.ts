// When groups come: at random by a rate that may depend on the time of day, and at given instants.
import { type Random, randomOf, waitMs } from './random.ts';
import type { Arrival } from './scenario-schema.ts';

export type Coming = Readonly<{
  /** Milliseconds after the start. */
  at: number;
  arrival: Arrival;
}>;

export type ArrivalOptions = Readonly<{
  seed: number;
  /** Milliseconds since midnight on the wall, so long after the start. */
  timeOfDayMs: (at: number) => number;
  endMs: number;
}>;

const MINUTE_MS = 60_000;

/** All groups in the order in which they come. */
export function* comings(arrivals: readonly Arrival[], options: ArrivalOptions): Generator<Coming, void, undefined> {
  const sources = arrivals.map((arrival, index) => source(arrival, index, options));
  for (;;) {
    const next = sources.reduce<Source | null>((a, b) => (b.at < (a?.at ?? options.endMs) ? b : a), null);
    if (next === null) return;
    yield { at: next.at, arrival: next.arrival };
    next.proceed();
  }
}

type Source = Readonly<{ at: number; arrival: Arrival; proceed(): void }>;

function source(arrival: Arrival, index: number, options: ArrivalOptions): Source {
  const random = randomOf(options.seed, 1, index);
  const given = arrival.atSeconds.map((seconds) => seconds * 1000).sort((a, b) => a - b);
  let drawnAt = nextAt(arrival, 0, random, options);
  return {
    arrival,
    get at() {
      return Math.min(given[0] ?? Number.POSITIVE_INFINITY, drawnAt);
    },
    proceed() {
      if ((given[0] ?? Number.POSITIVE_INFINITY) <= drawnAt) given.shift();
      else drawnAt = nextAt(arrival, drawnAt, random, options);
    },
  };
}

/** Thinning: instants are drawn at the highest rate, and kept in the proportion of the rate of their time (Lewis and Shedler 1979). */
function nextAt(arrival: Arrival, after: number, random: Random, { timeOfDayMs, endMs }: ArrivalOptions): number {
  const most = Math.max(arrival.perMinute, ...arrival.hours.map(({ perMinute }) => perMinute));
  if (most === 0) return Number.POSITIVE_INFINITY;
  let at = after;
  do at += waitMs(most / MINUTE_MS, random);
  while (at < endMs && random() * most >= rateAt(arrival, () => timeOfDayMs(at)));
  return at;
}

function rateAt({ hours, perMinute }: Arrival, timeOfDay: () => number): number {
  if (hours.length === 0) return perMinute;
  const timeOfDayMs = timeOfDay();
  const hour = hours.find(({ from, to }) => isWithin(timeOfDayMs, minutesOf(from), minutesOf(to)));
  return hour?.perMinute ?? perMinute;
}

/** Hours that end before they begin last over midnight. */
function isWithin(timeOfDayMs: number, from: number, to: number): boolean {
  const minutes = timeOfDayMs / MINUTE_MS;
  return from <= to ? from <= minutes && minutes < to : from <= minutes || minutes < to;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
