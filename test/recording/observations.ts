// Arbitrary headers and observations for the tests of recordings.
import fc from 'fast-check';
import type { Observation, StreamHeader } from '../../src/observation/observation.ts';

/** JSON has no negative zero, and no clock or camera has one either. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const ratio = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const positive = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
const count = fc.nat();
const point = fc.record({ x: number, y: number });

const face = fc.record({
  box: fc.record({ x: number, y: number, width: positive, height: positive }),
  confidence: ratio,
  keypoints: fc.option(fc.record({ rightEye: point, leftEye: point, nose: point, mouth: point })),
  zoom: fc.option(ratio),
  attending: fc.boolean(),
  changeRatio: fc.option(ratio),
  track: fc.option(count),
});

const age = fc.oneof(
  fc.record({ kind: fc.constant('normal' as const), meanYears: number, sdYears: positive }),
  fc.record({
    kind: fc.constant('classes' as const),
    classes: fc.array(fc.record({ fromYears: number, toYears: number, probability: ratio }), {
      minLength: 1,
      maxLength: 8,
    }),
  }),
);

const look = fc.record({
  seq: count,
  face: count,
  at: number,
  age: fc.option(age),
  gender: fc.option(fc.record({ female: ratio, male: ratio })),
  quality: ratio,
});

export const anyObservation: fc.Arbitrary<Observation> = fc.record({
  at: number,
  seq: count,
  detected: fc.boolean(),
  faces: fc.array(face, { maxLength: 4 }),
  looks: fc.array(look, { maxLength: 2 }),
  camera: fc.record({
    state: fc.constantFrom('ok', 'dark', 'frozen'),
    notices: fc.subarray(['moved', 'too-slow'] as const),
    luma: number,
    lumaDeviation: number,
    sharpness: number,
    framesDropped: count,
  }),
});

export const anyHeader: fc.Arbitrary<StreamHeader> = fc.record({
  version: fc.constant(1),
  session: fc.string({ minLength: 1, unit: 'grapheme' }),
  source: fc.string({ unit: 'grapheme' }),
  clock: fc.constantFrom('monotonic', 'media'),
  wallAtZero: number,
  clockSynced: fc.option(fc.boolean()),
  periodMs: positive,
  frame: fc.record({ width: fc.integer({ min: 1 }), height: fc.integer({ min: 1 }) }),
  attentionMethod: fc.constantFrom('yaw', 'frontal-face'),
  zoomCheck: fc.boolean(),
  classifiesAge: fc.boolean(),
  thresholds: fc.record({ start: ratio, continue: ratio }),
  live: fc.boolean(),
});

export const header: StreamHeader = {
  version: 1,
  session: 'first',
  source: 'lobby',
  clock: 'monotonic',
  wallAtZero: 1_785_579_330_250,
  clockSynced: true,
  periodMs: 100,
  frame: { width: 640, height: 480 },
  attentionMethod: 'yaw',
  zoomCheck: true,
  classifiesAge: true,
  thresholds: { start: 0.5, continue: 0.4 },
  live: true,
};

export function observation(seq: number, faces = 0): Observation {
  return {
    at: seq * 100,
    seq,
    detected: true,
    faces: Array.from({ length: faces }, (_, track) => ({
      box: { x: track * 90, y: 100, width: 80, height: 80 },
      confidence: 0.9,
      keypoints: null,
      zoom: null,
      attending: true,
      changeRatio: 0.1,
      track,
    })),
    looks: [],
    camera: { state: 'ok', notices: [], luma: 120, lumaDeviation: 40, sharpness: 8, framesDropped: 0 },
  };
}
