// A source whose program is not there yet is waited for, at every frame rate.
import { expect, it } from 'vitest';
import { atRate, patientSource } from '../../../src/daemon/eye/patient-source.ts';
import { OPTIONS } from '../../capture/options.ts';

const MISSING = {
  ...OPTIONS,
  command: ['there-is-no-such-program', '{width}'],
};

it('is made although its program is missing, also at half the rate', () => {
  const camera = { ...OPTIONS, camera: 'rpicam' };
  const source = patientSource(camera);
  expect(source).toMatchObject({ kind: 'rpicam', periodMs: 100 });
  expect(atRate(source, camera, 0.5).periodMs).toBe(200);
  expect(atRate(source, camera, 1)).toBe(source);
});

it('stays as it is where it has one rate only', () => {
  const source = patientSource(MISSING);
  expect(atRate(source, MISSING, 0.5)).toBe(source);
});

it('is still refused where two are named', () => {
  expect(() => patientSource({ ...MISSING, camera: 'rpicam' })).toThrow('Name one of the two');
});
