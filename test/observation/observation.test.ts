// The schema of what crosses from the sensor: accepts what the builders make, refuses what could not be counted.
import { describe, expect, it } from 'vitest';
import { headerSchema, observationSchema } from '../../src/observation/observation.ts';
import { fromSensorSchema } from '../../src/observation/sensor-message.ts';
import { leviHassner } from '../support/look-at.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

const classified = [{ at: 100, age: leviHassner({ 3: 1 }), gender: { female: 0.4, male: 0.6 } }];
const observations = film([walkPast({ from: 0, until: 500, classified })]);

describe('an observation', () => {
  it('is read back from JSON as it was written', () => {
    for (const observation of observations) {
      expect(observationSchema.parse(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
    }
  });

  it.each([
    ['a confidence above 1', { confidence: 1.2 }],
    ['a box without a width', { box: { x: 0, y: 0, width: 0, height: 10 } }],
    ['half a track', { track: 1.5 }],
    ['unknown attention', { attending: null }],
  ])('with %s is refused', (_, broken) => {
    const [first] = observations;
    const faces = first?.faces.map((face) => ({ ...face, ...broken }));
    expect(observationSchema.safeParse({ ...first, faces }).success).toBe(false);
  });

  it('loses what the schema does not name, so that no picture can cross by accident', () => {
    const [first] = observations;
    const faces = first?.faces.map((face) => ({ ...face, crop: 'pixels' }));
    expect(observationSchema.parse({ ...first, faces })).toEqual(first);
  });
});

describe('a header', () => {
  it('is read back from JSON as it was written', () => {
    expect(headerSchema.parse(JSON.parse(JSON.stringify(headerOf())))).toEqual(headerOf());
  });

  it('of another version is refused', () => {
    expect(headerSchema.safeParse({ ...headerOf(), version: 2 }).success).toBe(false);
  });
});

describe('a message of the sensor', () => {
  it('is one of the known kinds', () => {
    expect(fromSensorSchema.parse({ kind: 'ended', frames: 12 })).toEqual({ kind: 'ended', frames: 12 });
    expect(fromSensorSchema.safeParse({ kind: 'picture', pixels: '' }).success).toBe(false);
  });
});
