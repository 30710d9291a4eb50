// Sums up how long frames took in each stage, from the camera to the broker.
import type { StageTimes } from '../../observation/sensor-message.ts';

type Stage = keyof StageTimes | 'ipc' | 'store' | 'publish';

const SENSOR_STAGES = ['capture', 'gate', 'detect', 'zoom', 'track', 'look'] as const satisfies (keyof StageTimes)[];

/** Mean milliseconds per frame. */
export type FrameCosts = Readonly<Record<Stage, number>>;

export class FrameCostMeter {
  readonly #sums: Record<Stage, number> = {
    capture: 0,
    gate: 0,
    detect: 0,
    zoom: 0,
    track: 0,
    look: 0,
    ipc: 0,
    store: 0,
    publish: 0,
  };
  #frames = 0;

  /** One frame as the sensor timed it, and how long its observation was under way. */
  frame(stages: StageTimes, ipcMs: number): void {
    this.#frames += 1;
    this.add('ipc', Math.max(0, ipcMs));
    for (const stage of SENSOR_STAGES) this.add(stage, stages[stage]);
  }

  add(stage: Stage, milliseconds: number): void {
    this.#sums[stage] += milliseconds;
  }

  means(): FrameCosts {
    // What is rare is small, and none of it may seem to have taken no time.
    const mean = (stage: Stage) => Number((this.#sums[stage] / Math.max(1, this.#frames)).toPrecision(4));
    return {
      capture: mean('capture'),
      gate: mean('gate'),
      detect: mean('detect'),
      zoom: mean('zoom'),
      track: mean('track'),
      look: mean('look'),
      ipc: mean('ipc'),
      store: mean('store'),
      publish: mean('publish'),
    };
  }
}
