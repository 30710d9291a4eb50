// A source for the daemon in which one person stays and others pass by without a pause, so that there is always news.
import type { Clock } from '../../src/daemon/clock.ts';
import type { ObservationSource, SourceListener } from '../../src/daemon/observation-source.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

const PASSING_EVERY_MS = 1500;
const IN_VIEW_MS = 800;
const NO_TIME = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };

export class PassingPeople implements ObservationSource {
  readonly #clock: Clock;
  readonly #periodMs: number;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
  }

  start(listener: SourceListener): void {
    const { wallNow, monotonicNow } = this.#clock;
    const wallAtZero = wallNow() - monotonicNow();
    listener.opened(headerOf({ clock: 'monotonic', live: true, wallAtZero, periodMs: this.#periodMs }));
    this.#cancel = this.#clock.every(this.#periodMs, () => {
      for (const observation of framesAt(monotonicNow())) {
        listener.observed(observation, { stages: NO_TIME, sentAt: observation.at });
      }
    });
  }

  stop(): Promise<void> {
    this.#cancel();
    return Promise.resolve();
  }

  processes(): readonly { name: string; pid: number }[] {
    return [];
  }
}

function framesAt(at: number) {
  const round = Math.floor(at / PASSING_EVERY_MS);
  const cameAt = round * PASSING_EVERY_MS;
  const people = [
    walkPast({ from: 0, until: at + 1 }),
    walkPast({ from: cameAt, until: cameAt + IN_VIEW_MS, x: 400, trackAt: () => 2 + round }),
  ];
  return film(people, { from: at, until: at + 1 });
}
