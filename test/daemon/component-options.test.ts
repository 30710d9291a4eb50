// What each component is told of the configuration; defaults that are stated elsewhere are kept.
import { expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { audienceOptions, followOptions, sensorArgument, streamHeader } from '../../src/daemon/component-options.ts';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import type { Nets } from '../../src/daemon/nets.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { headerSchema } from '../../src/observation/observation.ts';
import { readSensorOptions } from '../../src/sensor/sensor-options.ts';
import { CAMERA, FILM } from './eye/fake-pair.ts';

const config = configSchema.parse({});
const nets = netsOfManifest();
const STREAM = { periodMs: 100, zoomCheck: true, thresholds: { start: 0.5, continue: 0.4 } };

it('gives the audience core its thresholds', () => {
  expect(audienceOptions(config)).toEqual({
    maxGapMs: 1000,
    watcherMs: 1000,
    age: {
      groups: [
        { name: 'child', fromYears: 0, toYears: 13 },
        { name: 'youngAdult', fromYears: 14, toYears: 34 },
        { name: 'adult', fromYears: 35, toYears: 55 },
        { name: 'senior', fromYears: 56, toYears: null },
      ],
      minConfidence: 0.5,
    },
    gender: { minConfidence: 0.65 },
    minors: { limitRatio: 0.5 },
    staticChangeRatio: 0.012,
    staticAfterMs: 180_000,
  });
});

it('lets a slow source have longer gaps', () => {
  expect(followOptions(config, STREAM).maxGapMs).toBe(1000);
  expect(followOptions(config, { ...STREAM, periodMs: 2000 }).maxGapMs).toBe(5000);
});

it('passes on what is configured', () => {
  const own = configSchema.parse({
    tracker: { maxGapMs: 2000 },
    detector: { startConfidence: 0.7, continueConfidence: 0.6 },
    looks: { maxPerTrack: 3 },
  });
  expect(followOptions(own, { ...STREAM, zoomCheck: false })).toMatchObject({
    maxGapMs: 2000,
    startConfidence: 0.7,
    continueConfidence: 0.6,
    zoomCheck: false,
    looks: { maxPerTrack: 3, maxPerFrame: 1 },
  });
});

it('writes an argument that the sensor accepts', () => {
  const options = readSensorOptions(sensorArgument(config, CAMERA, nets));
  expect(options).toMatchObject({
    frame: { width: 640, height: 480 },
    live: true,
    pack: nets.choice,
    detector: { farWidth: null },
    follow: followOptions(config, STREAM),
  });
});

it('tells the sensor how to turn and cut frames, and everybody else how large they are then', () => {
  const picture = { rotateDegrees: 270, region: { x: 0.5, y: 0, width: 0.5, height: 1 } };
  const turned = configSchema.parse({ picture });
  const { frame, view } = readSensorOptions(sensorArgument(turned, CAMERA, nets));
  expect(frame).toEqual({ width: 240, height: 640, strideBytes: 240 });
  expect(view).toMatchObject({ source: CAMERA.frame, region: { x: 240, y: 0, width: 240, height: 640 } });
  expect(streamHeader(turned, CAMERA, 's1', nets, null).frame).toEqual({ width: 240, height: 640 });
  expect(readSensorOptions(sensorArgument(config, CAMERA, nets))).toMatchObject({ frame: CAMERA.frame, view: null });
});

it('takes the thresholds of the detector unless they are configured, and keeps their order', () => {
  const stream = { ...STREAM, thresholds: { start: 0.8, continue: 0.7 } };
  const thresholds = (detector: object) => {
    const { startConfidence, continueConfidence } = followOptions(configSchema.parse({ detector }), stream);
    return [startConfidence, continueConfidence];
  };
  expect(thresholds({})).toEqual([0.8, 0.7]);
  expect(thresholds({ startConfidence: 0.6 })).toEqual([0.6, 0.6]);
  expect(thresholds({ continueConfidence: 0.9 })).toEqual([0.9, 0.9]);
});

it.each([CAMERA, FILM])('describes the stream of a $kind', (source) => {
  const header = { ...streamHeader(config, source, 's1', nets, null), wallAtZero: 0 };
  expect(headerSchema.parse(header)).toEqual(header);
  expect(header).toMatchObject({ session: 's1', source: source.label, clock: source.clock, live: source.live });
});

function netsOfManifest(): Nets {
  const spec = readManifest(MANIFEST_PATH).nets.find(({ name }) => name === 'full-range');
  if (spec?.role !== 'detector') throw new Error('the manifest has no full-range detector');
  const detector = { spec, weightsPath: '/models/full-range.onnx', definitionPath: null };
  return {
    choice: { manifestPath: MANIFEST_PATH, folder: '/models', pack: 'count-only', packFile: null },
    pack: { name: 'count-only', detector, classifiers: [], calibration: null },
  };
}
