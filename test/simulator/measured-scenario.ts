// Plays a scenario through the tracker and the audience core, as the daemon would, and puts the truth beside what is measured.

import { endStream, observe, openStream, type Step } from '../../src/audience/observe.ts';
import type { Viewer } from '../../src/audience/viewer.ts';
import { openingAt } from '../../src/daemon/eye/opening-hours.ts';
import { SCENARIOS } from '../../src/daemon/installation.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { loadScenario } from '../../src/simulator/load-scenario.ts';
import { type Scenario, scenarioSchema } from '../../src/simulator/scenario-schema.ts';
import { type Simulated, type SimulateOptions, simulate } from '../../src/simulator/simulate.ts';
import { FOLLOW_OPTIONS, OPTIONS } from '../support/measure-audience.ts';
import { headerOf } from '../support/walk-past.ts';

export const MIDNIGHT = Date.UTC(2026, 2, 2);
const DAY_MS = 86_400_000;
export const PERFECT = { missRatio: 0, jitterRatio: 0, confidence: { from: 0.9, to: 0.9 } };

export function builtIn(name: string): Scenario {
  return loadScenario(name, SCENARIOS);
}

/** From keys as in a file. */
export function scenarioOf(keys: Readonly<Record<string, unknown>>): Scenario {
  return scenarioSchema.parse(keys);
}

export function simulated(
  scenario: Scenario,
  options: Partial<SimulateOptions> = {},
): Generator<Simulated, void, undefined> {
  return simulate(scenario, {
    seed: scenario.seed,
    wallAtStart: MIDNIGHT,
    streamAtStart: 0,
    lastsMs: 60_000,
    follow: FOLLOW_OPTIONS,
    maxYawDegrees: 25,
    timeOfDayMs: (wallAt) => wallAt % DAY_MS,
    openingAt: (wallAt) => openingAt(scenario.openingHours, wallAt, 'UTC'),
    ...options,
  });
}

export function observationsOf(items: Iterable<Simulated>): readonly Observation[] {
  return [...items].flatMap((item) => (item.kind === 'observed' ? [item.observation] : []));
}

type Measured = Readonly<{
  viewers: readonly Viewer[];
  personMs: number;
  attentionMs: number;
  truth: Readonly<{ visits: number; personMs: number; attentionMs: number; cameraMs: number }>;
}>;

export function measuredScenario(scenario: Scenario, options: Partial<SimulateOptions> = {}): Measured {
  const header = headerOf({ wallAtZero: options.wallAtStart ?? MIDNIGHT });
  const viewers: Viewer[] = [];
  const truth = { visits: 0, personMs: 0, attentionMs: 0, cameraMs: 0 };
  let state = openStream(null, header, OPTIONS);
  let at = 0;
  const take = (step: Step) => {
    state = step.state;
    for (const event of step.events) if (event.kind === 'left') viewers.push(event.viewer);
  };
  for (const item of simulated(scenario, options)) {
    at = item.at;
    if (item.kind === 'opened' && state.frameAt !== null) state = openStream(state, header, OPTIONS);
    if (item.kind === 'observed') take(observe(state, item.observation, OPTIONS));
    if (item.kind !== 'truth' || item.truth.kind !== 'minute') continue;
    truth.visits += item.truth.arrived;
    truth.personMs += item.truth.personMs;
    truth.attentionMs += item.truth.attentionMs;
    truth.cameraMs += item.truth.cameraMs;
  }
  take(endStream(state, at, OPTIONS));
  const sum = (amount: 'dwellMs' | 'attentionMs') => viewers.reduce((total, viewer) => total + viewer[amount], 0);
  return { viewers, personMs: sum('dwellMs'), attentionMs: sum('attentionMs'), truth };
}
