// A clock that steps, by hours or by years: what was measured is stored once, under the time that the clock showed.
import { describe, expect, it } from 'vitest';
import type { AudienceState } from '../../src/audience/audience-state.ts';
import { endStream, observe, openStream, type Step } from '../../src/audience/observe.ts';
import type { RollupStore } from '../../src/sqlite/rollup-store.ts';
import { OPTIONS } from '../support/measure-audience.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';
import { EVER, openStore } from './store-rig.ts';

const NOON = headerOf().wallAtZero;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YEAR_MS = 365 * 24 * HOUR_MS;

describe.each([
  ['back by ten years', -10 * YEAR_MS],
  ['back by an hour', -HOUR_MS],
  ['forward by an hour', HOUR_MS],
  ['forward by ten years', 10 * YEAR_MS],
])('a clock that steps %s', (_, stepMs) => {
  it.each(['in a run', 'between two runs'])('%s, and back again: no time is lost or doubled', (where) => {
    const { store } = openStore();
    const run = new Run(store, where === 'between two runs');
    run.watch(10, 0);
    run.watch(10, stepMs);
    run.watch(10, 0);
    run.end();

    const minutes = store.rollups(EVER);
    expect(minutes.reduce((sum, { audience }) => sum + (audience?.personMs ?? 0), 0)).toBe(run.personMs);
    expect(minutes.reduce((sum, { uptimeMs }) => sum + uptimeMs, 0)).toBe(run.uptimeMs);
    // Ten minutes, ten under the other time, ten after them: of both times nothing is missing.
    expect(seenFrom(store, NOON, 30)).toEqual([
      ...Array(10).fill(true),
      ...Array(10).fill(stepMs === 0),
      ...Array(10).fill(true),
    ]);
    expect(seenFrom(store, NOON + stepMs + 10 * MINUTE_MS, 10)).toEqual(Array(10).fill(true));
    // A quarter is the sum of its minutes, wherever it lies.
    for (const quarter of store.rollups(EVER, '15m')) {
      const inside = minutes.filter(({ from }) => from >= quarter.from && from < quarter.to);
      expect(quarter.uptimeMs).toBe(inside.reduce((sum, { uptimeMs }) => sum + uptimeMs, 0));
    }
  });
});

it('that shows a minute twice makes one rollup of both: the sum, with the next revision', () => {
  const { store } = openStore();
  const run = new Run(store, false);
  run.watch(5, 0);
  run.watch(5, -5 * MINUTE_MS);
  run.end();
  expect(
    store.rollups(EVER).map(({ from, revision, uptimeMs }) => [(from - NOON) / MINUTE_MS, revision, uptimeMs]),
  ).toEqual(
    // For the last second before a new stream no frame speaks.
    [2, 2, 2, 2, 2 - 1 / 60].map((seen, minute) => [minute, 1, seen * MINUTE_MS]),
  );
});

/** A screen with a visitor in each minute, who is gone before it ends. */
class Run {
  personMs = 0;
  uptimeMs = 0;
  readonly #store: RollupStore;
  readonly #restarts: boolean;
  #state: AudienceState | null = null;
  #minute = 0;
  #runs = 0;

  constructor(store: RollupStore, restarts: boolean) {
    this.#store = store;
    this.#restarts = restarts;
  }

  /** So many minutes by a clock that is wrong by so much; a new stream learns of it. */
  watch(minutes: number, wrongMs: number): void {
    if (this.#restarts) this.end();
    this.#runs += 1;
    const header = headerOf({
      session: this.#restarts ? `run ${this.#runs}` : 'run',
      wallAtZero: NOON + wrongMs,
      periodMs: 1000,
    });
    let state = openStream(this.#state, header, OPTIONS);
    const [from, until] = [this.#minute * MINUTE_MS, (this.#minute + minutes) * MINUTE_MS];
    const visitors = Array.from({ length: minutes }, (_, index) => {
      const start = from + index * MINUTE_MS + 10_000;
      return walkPast({ from: start, until: start + 20_000, track: this.#minute + index + 1, x: 100 });
    });
    for (const observation of film(visitors, { from, until, periodMs: 1000 })) {
      state = this.#take(observe(state, observation, OPTIONS));
    }
    this.#state = state;
    this.#minute += minutes;
    this.personMs += minutes * 20_000;
    this.uptimeMs += minutes * MINUTE_MS - (this.#restarts ? 0 : 1000);
  }

  end(): void {
    if (this.#state === null) return;
    if (!this.#restarts) this.uptimeMs += 1000;
    this.#take(endStream(this.#state, this.#minute * MINUTE_MS, OPTIONS));
    this.#state = null;
  }

  #take(step: Step): AudienceState {
    if (step.closed.length > 0) this.#store.commit({ closed: step.closed, open: [] }, 0);
    return step.state;
  }
}

function seenFrom(store: RollupStore, from: number, minutes: number): readonly boolean[] {
  const found = new Map(store.rollups({ from, to: from + minutes * MINUTE_MS }).map((rollup) => [rollup.from, rollup]));
  return Array.from({ length: minutes }, (_, index) => (found.get(from + index * MINUTE_MS)?.uptimeMs ?? 0) > 0);
}
