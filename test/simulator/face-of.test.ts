// What the simulated detector says of a face agrees with what the product reads from it.
import { expect, it } from 'vitest';
import { faceOf, posterFace } from '../../src/simulator/face-of.ts';
import type { Person } from '../../src/simulator/person.ts';
import { randomOf } from '../../src/simulator/random.ts';
import { PERFECT } from './measured-scenario.ts';

const PLACE = { x: 320, y: 240, width: 60 };
const person = (): Person => ({
  ...{ id: 1, group: 1, ageYears: 30, gender: 'female', arrivesAt: 0, leavesAt: 9000, looksFrom: 1000, looksTo: 2000 },
  placeAt: () => PLACE,
  random: randomOf(1),
});

it('attends while the person looks, and not before and after', () => {
  const attending = [999, 1000, 1999, 2000].map((at) => faceOf(person(), at, PERFECT, 25)?.attending);
  expect(attending).toEqual([false, true, true, false]);
});

it('is where the person is, but for the jitter', () => {
  expect(faceOf(person(), 0, PERFECT, 25)).toMatchObject({
    box: { x: 290, y: 210, width: 60, height: 60 },
    confidence: 0.9,
  });
  const shaken = faceOf(person(), 0, { ...PERFECT, jitterRatio: 0.1 }, 25)?.box;
  expect(shaken?.x).not.toBe(290);
  expect(Math.abs((shaken?.x ?? 0) - 290)).toBeLessThan(30);
});

it('is missed as often as the scenario says', () => {
  const one = person();
  const found = Array.from({ length: 2000 }, () => faceOf(one, 0, { ...PERFECT, missRatio: 0.3 }, 25));
  const missed = found.filter((face) => face === null).length;
  // Five standard deviations.
  expect(Math.abs(missed - 600)).toBeLessThan(103);
});

it('of a poster always looks, and changes less than that of the living', () => {
  const random = randomOf(2);
  const one = person();
  for (let frame = 0; frame < 100; frame += 1) {
    const poster = posterFace(PLACE, PERFECT, 25, random);
    expect(poster?.attending).toBe(true);
    expect(poster?.changeRatio ?? 1).toBeLessThan(faceOf(one, 0, PERFECT, 25)?.changeRatio ?? 0);
  }
});
