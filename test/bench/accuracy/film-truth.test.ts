// Whose face it is that a film shows at an instant and a place.
import { expect, it } from 'vitest';
import { type FilmTruth, type TrueVisit, visitAt } from './film-truth.ts';

const anna: TrueVisit = {
  person: { gender: 'female', years: 30 },
  from: 1000,
  to: 4000,
  places: [1000, 2000, 3000, 4000].map((at) => ({ at, x: at / 5000, y: 0.5 })),
};
const bert: TrueVisit = {
  person: { gender: 'male', years: 50 },
  from: 2000,
  to: 5000,
  places: [2000, 3000, 4000, 5000].map((at) => ({ at, x: 1 - at / 5000, y: 0.5 })),
};

it('where places are known, it is whoever is nearest at that moment', () => {
  const film = filmOf(anna, bert);
  expect(visitAt(film, { at: 2050, x: 0.42, y: 0.5 })).toBe(anna);
  expect(visitAt(film, { at: 2050, x: 0.58, y: 0.5 })).toBe(bert);
  expect(visitAt(film, { at: 2050, x: 0.9, y: 0.5 })).toBeNull();
});

it('without places it is the only one who is there, and nobody where there are two', () => {
  const film = filmOf({ ...anna, places: [] }, { ...bert, places: [] });
  expect(visitAt(film, { at: 1200, x: 0, y: 0 })?.person).toBe(anna.person);
  expect(visitAt(film, { at: 3000, x: 0, y: 0 })).toBeNull();
  expect(visitAt(film, { at: 9000, x: 0, y: 0 })).toBeNull();
});

function filmOf(...visits: readonly TrueVisit[]): FilmTruth {
  return { visits, personSeconds: 6 };
}
