// When groups come: at random by a rate that may depend on the time of day, and at given instants.
import { MINUTE_MS } from '../audience/time-units.ts';
import { minuteOfDay } from '../config/clock-time.ts';
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

const DAY_MINUTES = 1440;

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

/** Groups a minute. */
type Rate = Readonly<{ most: number; at(at: number): number }>;

type Source = Readonly<{ at: number; arrival: Arrival; proceed(): void }>;

function source(arrival: Arrival, index: number, options: ArrivalOptions): Source {
  const random = randomOf(options.seed, 1, index);
  const given = arrival.atSeconds.map((seconds) => seconds * 1000).sort((a, b) => a - b);
  const rate = rateOf(arrival, options);
  let drawnAt = nextAt(rate, 0, random, options);
  return {
    arrival,
    get at() {
      return Math.min(given[0] ?? Number.POSITIVE_INFINITY, drawnAt);
    },
    proceed() {
      if ((given[0] ?? Number.POSITIVE_INFINITY) <= drawnAt) given.shift();
      else drawnAt = nextAt(rate, drawnAt, random, options);
    },
  };
}

/** The highest is that of some minute of the day: thinning by one that no minute has would look for it for ever. */
function rateOf({ hours, perMinute }: Arrival, { timeOfDayMs }: ArrivalOptions): Rate {
  if (hours.length === 0) return { most: perMinute, at: () => perMinute };
  const rates = Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const hour = hours.find(({ from, to }) => isWithin(minute, minuteOfDay(from), minuteOfDay(to)));
    return hour?.perMinute ?? perMinute;
  });
  return { most: Math.max(...rates), at: (at) => rates[Math.floor(timeOfDayMs(at) / MINUTE_MS)] ?? 0 };
}

/** Thinning: instants are drawn at the highest rate, and kept in the proportion of the rate of their time (Lewis and Shedler 1979). */
function nextAt({ most, at: rateAt }: Rate, after: number, random: Random, { endMs }: ArrivalOptions): number {
  if (most === 0) return Number.POSITIVE_INFINITY;
  let at = after;
  do at += waitMs(most / MINUTE_MS, random);
  while (at < endMs && random() * most >= rateAt(at));
  return at;
}

/** Hours that end before they begin last over midnight. */
function isWithin(minute: number, from: number, to: number): boolean {
  return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
}
