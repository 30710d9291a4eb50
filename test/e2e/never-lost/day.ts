// A day before a screen, made of a seed: who comes when, how long they stay, and what the sensor says of it in each frame.
import type { Observation, StreamHeader } from '../../../src/observation/observation.ts';
import type { Random } from '../../../src/simulator/random.ts';
import { film, headerOf, type Person, walkPast } from '../../support/walk-past.ts';

/** 2026-03-29 in Berlin: a day of 23 hours. */
export const TIMEZONE = 'Europe/Berlin';
export const DAY_FROM = Date.UTC(2026, 2, 28, 23);
export const DAY_MS = 23 * 3_600_000;
export const PERIOD_MS = 3000;
/** The last period closes when nothing can be credited to it any more. */
const AFTERWARDS_MS = 20_000;
/** Places side by side, each with one person at most. */
export const PLACES = 3;

export const HEADER: StreamHeader = headerOf({ wallAtZero: DAY_FROM, periodMs: PERIOD_MS });

/** Nobody stays longer, so that a visit that was cut ends within the minute after. */
const LONGEST_VISIT_MS = 50_000;

export function observationsOf(random: Random): readonly Observation[] {
  const visits = Array.from({ length: PLACES }, (_, place) => visitsAt(place, random)).flat();
  return hours().flatMap((from) => {
    const until = Math.min(from + HOUR_MS, DAY_MS + AFTERWARDS_MS);
    const there = visits.filter((visit) => visit.from < until && visit.until >= from);
    return film(there, { from, until, periodMs: PERIOD_MS });
  });
}

const HOUR_MS = 3_600_000;

function hours(): readonly number[] {
  return Array.from({ length: Math.ceil((DAY_MS + AFTERWARDS_MS) / HOUR_MS) }, (_, index) => index * HOUR_MS);
}

function visitsAt(place: number, random: Random): readonly Person[] {
  const visits: Person[] = [];
  for (let at = random() * 100_000; at < DAY_MS; at += random() * 200_000) {
    const until = at + 5000 + random() * (LONGEST_VISIT_MS - 5000);
    const [looksFrom, looksUntil] = [at + random() * 5000, until - random() * 5000];
    const female = random() < 0.5 ? 0.97 : 0.03;
    const age = { kind: 'normal', meanYears: 5 + random() * 70, sdYears: 3 } as const;
    visits.push(
      walkPast({
        from: at,
        until,
        looksAt: [looksFrom, Math.max(looksFrom, looksUntil)],
        // A place has a new track for each visitor.
        track: 1 + place + PLACES * visits.length,
        x: 100 + 200 * place,
        classified: [{ at: at + PERIOD_MS, age, gender: { female, male: 1 - female } }],
      }),
    );
    at = until + 2 * PERIOD_MS;
  }
  return visits;
}
