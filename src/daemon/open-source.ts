// Opens what the service measures: the eye with its camera or film, or the scenario that stands in for it.
import type { NetFacts } from '../contract/info.ts';
import { loadScenario } from '../simulator/load-scenario.ts';
import { readDeviceCondition } from './device-condition.ts';
import { type EyeSetup, openEye } from './eye/open-eye.ts';
import { createWatchman, type Watchman } from './eye/watchman.ts';
import { SCENARIOS } from './installation.ts';
import { chooseNets, describeNets } from './nets.ts';
import type { ObservationSource } from './observation-source.ts';
import { openSimulation } from './stand-ins/simulation.ts';

export type OpenedSource = Readonly<{
  source: ObservationSource;
  label: string;
  kind: 'demo' | 'scenario' | 'camera';
  watchman: Watchman;
  nets: NetFacts | null;
}>;

export async function openSource(setup: Omit<EyeSetup, 'nets'>): Promise<OpenedSource> {
  const { scenario } = setup.config.source;
  if (scenario !== null) return openScenario(scenario, setup);
  const nets = chooseNets(setup.config);
  const { eye, source, watchman } = await openEye({ ...setup, nets });
  const kind = source.kind === 'demo' ? 'demo' : 'camera';
  return { source: eye, label: source.label, kind, watchman, nets: describeNets(nets) };
}

/** In real time and without an end. What a scenario does to the broker and the clock is left out: they are not its to break. */
function openScenario(name: string, { config, session, clock }: Omit<EyeSetup, 'nets'>): OpenedSource {
  const scenario = loadScenario(name, SCENARIOS);
  const label = `scenario ${name}`;
  const source = openSimulation({
    ...{ config, scenario, label, session, clock },
    seed: scenario.seed,
    wallAtStart: clock.wallNow(),
    lastsMs: null,
    speed: 1,
    ready: () => Promise.resolve(),
    onEvent: () => undefined,
    onTruth: () => undefined,
  });
  // Nobody asks it to slow down.
  const watchman = createWatchman(config, clock, () => readDeviceCondition('/sys'), false);
  return { source, label, kind: 'scenario', watchman, nets: null };
}
