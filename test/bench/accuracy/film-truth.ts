// Reads what is known about a film: who is there when, and for some films where.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type FilmTruth = Readonly<{ visits: readonly TrueVisit[]; personSeconds: number }>;

/** One unbroken interval with the face visible. */
export type TrueVisit = Readonly<{ person: TruePerson; from: number; to: number; places: readonly Place[] }>;

export type TruePerson = Readonly<{ gender: 'female' | 'male'; years: number }>;

/** The middle of a face, 0..1 of the frame, at an instant in milliseconds. */
type Place = Readonly<{ at: number; x: number; y: number }>;

const truthSchema = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      gender: z.enum(['F', 'M']),
      age_guess: z.string(),
      visible: z.array(z.tuple([z.number(), z.number()])),
      countable: z.boolean().default(true),
    }),
  ),
  visits: z
    .array(z.object({ person: z.string().optional(), box_every_0p5s: z.array(z.array(z.number())).default([]) }))
    .default([]),
});

/** A look a little before or after a visit belongs to it: the edges of the visits are by eye. */
const EDGE_MS = 500;
/** Nobody else's face is that near, as a share of the width of the frame. */
const SAME_PLACE = 0.1;

export function readTruth(path: string): FilmTruth {
  const { people, visits } = truthSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const all = people
    .filter(({ countable }) => countable)
    .flatMap(({ id, gender, age_guess, visible }) => {
      const [fromYears = 0, toYears = fromYears] = age_guess.split('-').map(Number);
      const person: TruePerson = { gender: gender === 'F' ? 'female' : 'male', years: (fromYears + toYears + 1) / 2 };
      const places = visits
        .filter((visit) => visit.person === id)
        .flatMap(({ box_every_0p5s }) => placesOf(box_every_0p5s));
      return visible.map(([from, to]) => ({ person, from: from * 1000, to: to * 1000, places }));
    });
  return { visits: all, personSeconds: all.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0) };
}

/** Whose face that is, null where the truth does not tell; x and y are 0..1 of the frame. */
export function visitAt({ visits }: FilmTruth, { at, x, y }: Place): TrueVisit | null {
  const there = visits.filter(({ from, to }) => at >= from - EDGE_MS && at <= to + EDGE_MS);
  if (there.some(({ places }) => places.length === 0)) return there.length === 1 ? (there[0] ?? null) : null;
  const near = there
    .map((visit) => ({ visit, distance: distanceTo(visit.places, { at, x, y }) }))
    .filter(({ distance }) => distance <= SAME_PLACE)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.visit ?? null;
}

/** Rows of time in seconds, left, top, width and height. */
function placesOf(rows: readonly (readonly number[])[]): readonly Place[] {
  return rows.map(([seconds = 0, left = 0, top = 0, width = 0, height = 0]) => ({
    at: seconds * 1000,
    x: left + width / 2,
    y: top + height / 2,
  }));
}

function distanceTo(places: readonly Place[], { at, x, y }: Place): number {
  const nearest = places.reduce<Place | null>(
    (best, place) => (best === null || Math.abs(place.at - at) < Math.abs(best.at - at) ? place : best),
    null,
  );
  return nearest === null ? Number.POSITIVE_INFINITY : Math.hypot(nearest.x - x, nearest.y - y);
}
