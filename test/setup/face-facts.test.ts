// How large faces are told to be, what is set for them, and how far the configured width reaches.
import { expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { Answers } from '../../src/setup/answers.ts';
import { configuredReach, faceFacts } from '../../src/setup/face-facts.ts';

it.each([
  ['default', 320, 2],
  ['default', 512, 3],
  ['default', 640, 4],
  ['default', 960, 6],
  ['count-only', 640, 4],
])('the reach of %s with detector.farWidth %i is %f m, for which the width stays', (pack, farWidth, meters) => {
  const source = { camera: '/dev/video7', width: 960, height: 720 };
  const config = configOf({ source, models: { pack }, detector: { farWidth } });
  const eye = { source: { camera: '/dev/video7', input: null, login: null }, fieldOfViewDegrees: null };
  const distanceMeters = configuredReach(config, eye, []);
  expect(distanceMeters).toBe(meters);
  expect(faceFacts(config, answersOf(eye, distanceMeters), []).found).toEqual({ farWidth, frame: null });
});

it.each([
  ['the whole', {}, 960],
  // 720 pixels from left to right.
  ['turned on its side', { rotateDegrees: 90 }, 640],
  ['cut to a strip', { region: { x: 0.4, y: 0, width: 0.2, height: 1 } }, 320],
])('a stream, %s, keeps its size, and is not blown up', (_, picture, farWidth) => {
  const input = 'rtsp://10.0.0.9/';
  const eye = { source: { camera: null, input, login: null }, fieldOfViewDegrees: null };
  const { found } = faceFacts(configOf({ source: { input }, picture }), answersOf(eye, 30), []);
  expect(found).toEqual({ farWidth, frame: null });
});

/** Of 640 × 480 pixels and 70° the whole is 416 wide for the detector: 15 pixels of a face up to 2.8 m. */
it.each([
  ['the whole', {}, 2.8],
  // 55.4° from top to bottom, in 416 pixels instead of 480: the same pixels for each degree as 554.7 across 70°.
  ['turned on its side', { rotateDegrees: 90 }, 3.7],
  ['cut to the half in its middle', { region: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } }, 4.3],
  ['turned by half a circle', { rotateDegrees: 180 }, 2.8],
])('a picture, %s, reaches as far as its pixels do', (_, picture, meters) => {
  const eye = { source: { camera: '/dev/video7', input: null, login: null }, fieldOfViewDegrees: 70 };
  const config = configOf({ source: { width: 640, height: 480 }, picture });
  expect(faceFacts(config, answersOf(eye, 2), []).lines.join()).toContain(`large enough, up to ${meters.toFixed(1)} m`);
});

function configOf(values: unknown) {
  return { ...configSchema.parse(values), screen: 'door', timezone: 'UTC' };
}

function answersOf(eye: Pick<Answers, 'source' | 'fieldOfViewDegrees'>, distanceMeters: number): Answers {
  return {
    ...eye,
    ...{ distanceMeters, broker: { url: null, login: null }, estimatesAgeAndGender: true, minorsGate: true, k: 1 },
    ...{ site: null, screen: null, timezone: null },
  };
}
