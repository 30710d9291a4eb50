// What each component is told of the configuration; defaults that are stated elsewhere are kept.
import { expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { audienceOptions, followOptions, sensorArgument, streamHeader } from '../../src/daemon/component-options.ts';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import type { Nets } from '../../src/daemon/nets.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { headerSchema } from '../../src/observation/observation.ts';
import { readSensorOptions } from '../../src/sensor/sensor-options.ts';
import { CAMERA, FILM } from './fake-pair.ts';

const config = configSchema.parse({});
const nets = netsOfManifest();

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
    gender: { minConfidence: 0.6 },
    staticChangeRatio: 0.012,
    staticAfterMs: 180_000,
  });
});

it('lets a slow source have longer gaps', () => {
  expect(followOptions(config, 100, true).maxGapMs).toBe(1000);
  expect(followOptions(config, 2000, true).maxGapMs).toBe(5000);
});

it('passes on what is configured', () => {
  const own = configSchema.parse({
    tracker: { maxGapMs: 2000 },
    detector: { startConfidence: 0.7, continueConfidence: 0.6 },
    looks: { maxPerTrack: 3 },
  });
  expect(followOptions(own, 100, false)).toMatchObject({
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
    modelsFolder: '/models',
    pack: { detector: 'full-range', classifiers: ['faceres'] },
    detector: { farWidth: 416, nearPass: true },
    follow: followOptions(config, 100, true),
  });
});

it('looks near only where the far pass would miss near faces', () => {
  const narrow = configSchema.parse({ detector: { farWidth: 320 } });
  expect(readSensorOptions(sensorArgument(narrow, CAMERA, nets)).detector).toMatchObject({ nearPass: false });
});

it('loads no classifier where there is none', () => {
  const countOnly = { ...nets, classifiers: [] };
  expect(readSensorOptions(sensorArgument(config, CAMERA, countOnly)).pack.classifiers).toEqual([]);
});

it.each([CAMERA, FILM])('describes the stream of a $kind', (source) => {
  const header = { ...streamHeader(source, 's1'), wallAtZero: 0 };
  expect(headerSchema.parse(header)).toEqual(header);
  expect(header).toMatchObject({ session: 's1', source: source.label, clock: source.clock, live: source.live });
});

function netsOfManifest(): Nets {
  const { nets: all } = readManifest(MANIFEST_PATH);
  const [detector] = all.flatMap((net) => (net.role === 'detector' ? [net] : []));
  if (detector === undefined) throw new Error('the manifest has no detector');
  return { folder: '/models', detector, classifiers: all.filter(({ name }) => name === 'faceres') };
}
