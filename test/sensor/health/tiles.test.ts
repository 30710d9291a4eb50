// Tests the judgment of the best tiles.
import { expect, it } from 'vitest';
import { bestFifth } from '../../../src/sensor/health/tiles.ts';

it('is what a fifth of the tiles reach', () => {
  expect(bestFifth([0, 0, 0, 0, 0, 0, 0, 0, 7, 9])).toBe(0);
  expect(bestFifth([9, 0, 0, 0, 0, 0, 8, 0, 7, 0])).toBe(7);
});

it('is unknown when few tiles say anything', () => {
  expect(bestFifth([1, 1, 1, 1, 1, 1, 1])).toBeNull();
});
