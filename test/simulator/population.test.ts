// People come while it is open, stay in the order of time, and leave once.
import { expect, it } from 'vitest';
import { Population } from '../../src/simulator/population.ts';
import { scenarioOf } from './measured-scenario.ts';

const BRISK = { crossSeconds: [4, 4] };

function population(arrivals: readonly unknown[], isOpen = (_: number) => true): Population {
  const options = { seed: 1, endMs: 60_000, timeOfDayMs: (at: number) => at, isOpen };
  return new Population(scenarioOf({ arrivals }), options);
}

it('each arrives once, is in view in between, and leaves once', () => {
  const people = population([{ ...BRISK, atSeconds: [1, 3] }]);
  const seen = [0, 1000, 2000, 3000, 5000, 7000, 8000].map((at) => {
    const { arrived, left } = people.moveTo(at);
    return [arrived.length, left.length, people.inView(at).length, people.about.length];
  });
  expect(seen).toEqual([
    [0, 0, 0, 0],
    [1, 0, 1, 1],
    [0, 0, 1, 1],
    [1, 0, 2, 2],
    [0, 1, 1, 1],
    [0, 1, 0, 0],
    [0, 0, 0, 0],
  ]);
});

it('nobody comes to a closed door, and nobody waits before it', () => {
  const people = population([{ ...BRISK, atSeconds: [1, 3] }], (at) => at >= 2000);
  expect(people.moveTo(2500).arrived).toEqual([]);
  expect(people.moveTo(3000).arrived.map(({ id, arrivesAt }) => [id, arrivesAt])).toEqual([[1, 3000]]);
});

it('those who come in one step are numbered through, with a group of their own', () => {
  const couple = { ...BRISK, atSeconds: [1, 2], group: [{ count: [2, 2] }] };
  const { arrived } = population([couple]).moveTo(2000);
  expect(arrived.map(({ id, group }) => [id, group])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
  ]);
});
