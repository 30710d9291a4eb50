// A group crosses the picture side by side, each for as long as is said, and looks while it is in view.
import { expect, it } from 'vitest';
import { FRAME } from '../../src/simulator/person.ts';
import { groupOf, ROWS, rowOf } from '../../src/simulator/walk.ts';
import { scenarioOf } from './measured-scenario.ts';

const EMPTY = Array<number>(ROWS).fill(0);

function group(keys: Readonly<Record<string, unknown>>, changes: Partial<Parameters<typeof groupOf>[1]> = {}) {
  const [arrival] = scenarioOf({ arrivals: [keys] }).arrivals;
  if (arrival === undefined) throw new Error('there is no arrival');
  return groupOf({ at: 1000, arrival }, { seed: 1, number: 1, firstId: 7, crowd: EMPTY, ...changes });
}

it('whoever walks alone is in view for as long as he crosses, and stops', () => {
  const [passing] = group({ crossSeconds: [5, 5] });
  expect([passing?.id, passing?.arrivesAt, passing?.leavesAt]).toEqual([7, 1000, 6000]);
  const [staying] = group({ crossSeconds: [5, 5], staySeconds: [20, 20] });
  expect(staying?.leavesAt).toBe(26_000);
  const places = [10_000, 15_000, 20_000].map((at) => staying?.placeAt(at).x ?? 0);
  expect(new Set(places).size).toBe(1);
  expect(places[0]).toBeGreaterThanOrEqual(FRAME.width / 3);
  expect(places[0]).toBeLessThanOrEqual((FRAME.width * 2) / 3);
});

it('looks while in view, and no longer than that', () => {
  const people = Array.from({ length: 20 }, (_, number) => group({ lookSeconds: [0, 9] }, { number })).flat();
  for (const { arrivesAt, leavesAt, looksFrom, looksTo } of people) {
    expect(looksFrom).toBeGreaterThanOrEqual(arrivesAt);
    expect(looksTo).toBeLessThanOrEqual(leavesAt + 1e-6);
  }
});

it('those of a group do not hide each other, and take the rows that are free', () => {
  const crowd = EMPTY.map((_, row) => (row < 2 ? 0 : 3));
  const six = group({ group: [{ count: [6, 6] }], staySeconds: [20, 20] }, { crowd });
  expect(six.map(({ id }) => id)).toEqual([7, 8, 9, 10, 11, 12]);
  const at = 12_000;
  const rows = six.map((person) => rowOf(person.placeAt(at)));
  expect(new Set(rows).size).toBe(4);
  expect([0, 1].every((row) => rows.includes(row))).toBe(true);
  for (const one of six) {
    for (const other of six) {
      const [a, b] = [one.placeAt(at), other.placeAt(at)];
      if (one.id < other.id && rowOf(a) === rowOf(b)) expect(Math.abs(a.x - b.x)).toBeGreaterThan(a.width);
    }
  }
});
