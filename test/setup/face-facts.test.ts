// How large faces are told to be, what is set for them, and how far the configured width reaches.
import { expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { configuredReach, faceFacts } from '../../src/setup/face-facts.ts';

it.each([
  ['default', 320, 2],
  ['default', 512, 3],
  ['default', 640, 4],
  ['default', 960, 6],
  ['count-only', 640, 4],
])('the reach of %s with detector.farWidth %i is %f m, for which the width stays', (pack, farWidth, meters) => {
  const source = { camera: '/dev/video7', width: 960, height: 720 };
  const parsed = configSchema.parse({ source, models: { pack }, detector: { farWidth } });
  const config = { ...parsed, screen: 'door', timezone: 'UTC' };
  const eye = { source: { camera: '/dev/video7', input: null, login: null }, fieldOfViewDegrees: null };
  const distanceMeters = configuredReach(config, eye, []);
  expect(distanceMeters).toBe(meters);
  const answers = {
    ...eye,
    ...{ distanceMeters, broker: { url: null, login: null }, estimatesAgeAndGender: true, minorsGate: true, k: 1 },
    ...{ site: null, screen: null, timezone: null },
  };
  expect(faceFacts(config, answers, []).found).toEqual({ farWidth, frame: null });
});
