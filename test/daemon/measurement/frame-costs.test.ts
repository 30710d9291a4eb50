// Mean times per frame in each stage.
import { expect, it } from 'vitest';
import { FrameCostMeter } from '../../../src/daemon/measurement/frame-costs.ts';

const stages = { capture: 1, gate: 2, detect: 30, zoom: 0, track: 1, look: 4 };

it('is zero, not NaN, before the first frame', () => {
  expect(Object.values(new FrameCostMeter().means())).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

it('is the mean over all frames, also of what happens rarely', () => {
  const meter = new FrameCostMeter();
  meter.frame(stages, 0.5);
  meter.frame({ ...stages, detect: 10, look: 0 }, 1.5);
  meter.add('store', 5);
  meter.add('publish', 0.2);
  expect(meter.means()).toEqual({
    capture: 1,
    gate: 2,
    detect: 20,
    zoom: 0,
    track: 1,
    look: 2,
    ipc: 1,
    store: 2.5,
    publish: 0.1,
  });
});

it('is above zero for what happened once in a day', () => {
  const meter = new FrameCostMeter();
  meter.frame(stages, 0.5);
  for (let frame = 1; frame < 864_000; frame += 1) meter.frame({ ...stages, look: 0 }, 0.5);
  expect(meter.means().look).toBe(0.00000463);
});

it('takes a message that seems to come before it was sent for instant', () => {
  const meter = new FrameCostMeter();
  meter.frame(stages, -0.3);
  expect(meter.means().ipc).toBe(0);
});
