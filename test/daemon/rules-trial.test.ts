// A trial of rules notes each turn of a trigger with its time, and leaves nothing running.
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { triggersSchema } from '../../src/config/triggers-schema.ts';
import type { ObservationSource } from '../../src/daemon/observation-source.ts';
import { tryRules } from '../../src/daemon/rules-trial.ts';
import { manualClock } from '../support/manual-clock.ts';
import { film, headerOf, walkPast } from '../support/walk-past.ts';

const { config: DEFAULTS } = loadConfig(null, { hostname: 'lobby' });
const triggers = triggersSchema.parse({ default: 'brand', rules: [{ name: 'hello', when: [{ atLeast: 1 }] }] });
const adult = { at: 0, gender: { female: 0.97, male: 0.03 } };
const FILM = film([walkPast({ from: 2000, until: 6000, classified: [adult] })], { until: 10_000 });

/** Plays the film by the clock, and ends or breaks at its end. */
function trial(end: 'ends' | 'breaks') {
  const clock = manualClock();
  let stops = 0;
  const header = headerOf({ clock: 'media', classifiesAge: false });
  const source: ObservationSource = {
    start: (listener) => {
      listener.opened(header);
      for (const observation of FILM) {
        clock.advance(observation.at - clock.monotonicNow());
        listener.observed(observation, null);
      }
      if (end === 'ends') listener.ended();
      else listener.failed(new Error('the film broke off'));
    },
    processes: () => [],
    stop: async () => {
      stops += 1;
    },
  };
  const result = tryRules({ config: { ...DEFAULTS, triggers }, session: 's1', clock, source });
  return { result, clock, header, stops: () => stops };
}

it('notes when a trigger comes on and goes off, by the time of the film', async () => {
  const { result, header } = trial('ends');
  const { turns, frames, startWallAt, lastsMs } = await result;
  expect([frames, startWallAt, lastsMs]).toEqual([FILM.length, header.wallAtZero, 9900]);
  expect(turns.map(({ trigger, on }) => [trigger, on])).toEqual([
    ['brand', true],
    ['hello', true],
    ['brand', false],
    ['hello', false],
    ['brand', true],
  ]);
  for (const { elapsedMs, wallAt } of turns) expect(wallAt).toBe(header.wallAtZero + elapsedMs);
  const [, comes, , goes] = turns;
  expect(comes?.elapsedMs).toBeGreaterThan(2000);
  expect(goes?.elapsedMs).toBeGreaterThan(6000);
});

it('of a source that breaks is broken, too, and nothing goes on', async () => {
  const { result, clock, stops } = trial('breaks');
  await expect(result).rejects.toThrow('the film broke off');
  expect([stops(), clock.waiting()]).toEqual([1, 0]);
});
