// Builds the options of a sensor for tests.
import { fileURLToPath } from 'node:url';
import type { SensorOptions } from '../../src/sensor/sensor-options.ts';

const MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));
const MODELS = fileURLToPath(new URL('../../models/prepared', import.meta.url));

/** Options of a file source with the default pack; `changed` replaces some of them. */
export function sensorOptions(width: number, height: number, changed: Partial<SensorOptions> = {}): SensorOptions {
  return {
    frame: { width, height, strideBytes: width },
    view: null,
    periodMs: 100,
    clock: 'media',
    live: false,
    healthRules: false,
    pack: { manifestPath: MANIFEST, folder: MODELS, pack: 'default', packFile: null },
    detector: { farWidth: 416 },
    follow: {
      periodMs: 100,
      maxGapMs: 1000,
      startConfidence: 0.5,
      continueConfidence: 0.4,
      zoomCheck: true,
      looks: {
        maxPerTrack: 8,
        maxPerFrame: 2,
        intervalMs: 500,
        settledGender: 0.9,
        settledAge: 0.7,
        age: {
          groups: [
            { name: 'child', fromYears: 0, toYears: 13 },
            { name: 'youngAdult', fromYears: 14, toYears: 34 },
            { name: 'adult', fromYears: 35, toYears: 55 },
            { name: 'senior', fromYears: 56, toYears: null },
          ],
          minConfidence: 0.5,
        },
      },
    },
    attention: { maxYawDegrees: 25 },
    gate: { maxSkipMs: 1000, maxEmptySkipMs: 10_000 },
    ...changed,
  };
}
