// Tests that the argument of the sensor is checked and that its errors say what is wrong.
import { describe, expect, it } from 'vitest';
import { readSensorOptions } from '../../src/sensor/sensor-options.ts';
import { sensorOptions } from '../support/sensor-options.ts';

describe('readSensorOptions', () => {
  it('takes what the daemon gives', () => {
    const options = sensorOptions(640, 480);
    expect(readSensorOptions(JSON.stringify(options))).toEqual(options);
  });

  it('lists everything that is wrong', () => {
    const wrong = { ...sensorOptions(641, 480), periodMs: 0 };
    expect(() => readSensorOptions(JSON.stringify(wrong))).toThrow(/frame\.width.*periodMs/);
    expect(() => readSensorOptions(undefined)).toThrow('sensor options: options:');
  });

  it('takes a view whose region is the frame, and no other', () => {
    const source = { width: 640, height: 480, strideBytes: 704 };
    const region = { x: 20, y: 0, width: 460, height: 640 };
    const view = {
      source,
      rotateDegrees: 90,
      mirror: true,
      region,
      mask: [
        [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
      ],
    };
    const options = { ...sensorOptions(460, 640), view };
    expect(readSensorOptions(JSON.stringify(options))).toEqual(options);
    const refused = (changed: object) => () => readSensorOptions(JSON.stringify({ ...options, ...changed }));
    expect(refused({ view: { ...view, rotateDegrees: 0 } })).toThrow('region ends outside the upright picture');
    expect(refused({ view: { ...view, rotateDegrees: 45 } })).toThrow('view.rotateDegrees');
    expect(refused({ view: { ...view, region: { ...region, x: 21, width: 458 } } })).toThrow('view.region.x');
    expect(refused({ view: { ...view, zoom: 2 } })).toThrow('zoom');
    expect(refused({ frame: source })).toThrow('frame: is not the region of the view');
  });

  it('refuses rows that are shorter than the frame is wide, and keys that it does not know', () => {
    const narrow = { ...sensorOptions(640, 480), frame: { width: 640, height: 480, strideBytes: 600 } };
    expect(() => readSensorOptions(JSON.stringify(narrow))).toThrow('strideBytes is less than width');
    expect(() => readSensorOptions(JSON.stringify({ ...sensorOptions(640, 480), colour: 1 }))).toThrow('colour');
  });
});
