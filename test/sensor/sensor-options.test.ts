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

  it('refuses rows that are shorter than the frame is wide, and keys that it does not know', () => {
    const narrow = { ...sensorOptions(640, 480), frame: { width: 640, height: 480, strideBytes: 600 } };
    expect(() => readSensorOptions(JSON.stringify(narrow))).toThrow('strideBytes is less than width');
    expect(() => readSensorOptions(JSON.stringify({ ...sensorOptions(640, 480), colour: 1 }))).toThrow('colour');
  });
});
