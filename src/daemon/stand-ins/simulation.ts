// Makes a source of observations from a scenario, in place of a camera: in real time, or faster.
import { minuteOfDay } from '../../config/clock-time.ts';
import type { Config } from '../../config/load.ts';
import type { StreamHeader } from '../../observation/observation.ts';
import type { SimulatedEvent } from '../../simulator/events.ts';
import { FRAME } from '../../simulator/person.ts';
import type { Scenario } from '../../simulator/scenario-schema.ts';
import { type Simulated, simulate } from '../../simulator/simulate.ts';
import type { Truth } from '../../simulator/truth.ts';
import type { Clock } from '../clock.ts';
import { followOptions } from '../component-options.ts';
import { openingAt } from '../eye/opening-hours.ts';
import { timeText } from '../eye/watchman.ts';
import type { ObservationSource, SourceListener } from '../observation-source.ts';
import { instantOf, wallTimeAt } from '../zoned-time.ts';
import { type Played, PlayedSource } from './played-source.ts';

export type SimulationSetup = Readonly<{
  config: Config;
  scenario: Scenario;
  /** What the source is called. */
  label: string;
  session: string;
  seed: number;
  /** Unix time at the start. */
  wallAtStart: number;
  /** Of simulated time; null for ever. */
  lastsMs: number | null;
  speed: number | 'max';
  clock: Clock;
  /** Nothing is said before it resolves. */
  ready: () => Promise<void>;
  /** What concerns more than the camera. */
  onEvent: (event: SimulatedEvent) => void;
  onTruth: (truth: Truth) => void;
}>;

const NO_STAGES = { capture: 0, gate: 0, detect: 0, zoom: 0, track: 0, look: 0 };

export function openSimulation(setup: SimulationSetup): ObservationSource {
  return new PlayedSource(played(setup), setup.speed, setup.clock);
}

/** Unix time of the start that a scenario asks for, on the day on which `now` lies; `now` where it asks for none. */
export function startOf({ startsAt }: Pick<Scenario, 'startsAt'>, now: number, timezone: string): number {
  if (startsAt === null) return now;
  return instantOf({ ...wallTimeAt(now, timezone), hour: 0, minute: minuteOfDay(startsAt), second: 0 }, timezone);
}

async function* played(setup: SimulationSetup): AsyncGenerator<Played, void, undefined> {
  const { config, scenario, seed, wallAtStart, lastsMs } = setup;
  await setup.ready();
  const header = headerOf(setup);
  const hours = scenario.openingHours ?? config.openingHours;
  const items = simulate(scenario, {
    seed,
    wallAtStart,
    streamAtStart: wallAtStart - header.wallAtZero,
    lastsMs,
    follow: followOptions(config, header),
    maxYawDegrees: config.attention.maxYawDegrees,
    timeOfDayMs: (wallAt) => timeOfDayMs(wallAt, config.timezone),
    openingAt: (wallAt) => openingAt(hours, wallAt, config.timezone),
  });
  for (const item of items) yield { at: item.at, tell: (listener) => tell(item, header, setup, listener) };
}

/**
 * In real time the stream has the clock of a live camera. A faster one is like a film: only its frames say how its time
 * passes.
 */
function headerOf({ scenario, label, session, speed, wallAtStart, clock }: SimulationSetup): StreamHeader {
  const isRealTime = speed === 1;
  return {
    version: 1,
    session,
    source: label,
    clock: isRealTime ? 'monotonic' : 'media',
    wallAtZero: isRealTime ? wallAtStart - clock.monotonicNow() : wallAtStart,
    clockSynced: null,
    periodMs: 1000 / scenario.framesPerSecond,
    frame: FRAME,
    attentionMethod: 'yaw',
    zoomCheck: false,
    classifiesAge: true,
    thresholds: { start: 0.5, continue: 0.4 },
    live: true,
  };
}

function tell(item: Simulated, header: StreamHeader, setup: SimulationSetup, listener: SourceListener): void {
  const { config, clock, speed, wallAtStart } = setup;
  switch (item.kind) {
    case 'opened':
      listener.opened(header);
      break;
    case 'observed': {
      const isLive = header.clock === 'monotonic';
      listener.observed(item.observation, isLive ? { stages: NO_STAGES, sentAt: clock.preciseNow() } : null);
      break;
    }
    case 'away':
      listener.away(item.fault, 'away, as the scenario says', speed === 'max' ? 0 : item.lastsMs / speed);
      break;
    case 'closed':
      listener.resting(`closed until ${timeText(item.until, wallAtStart + item.at, config.timezone)}`);
      break;
    case 'event':
      setup.onEvent(item.event);
      break;
    case 'truth':
      setup.onTruth(item.truth);
  }
}

function timeOfDayMs(wallAt: number, timezone: string): number {
  const { hour, minute, second } = wallTimeAt(wallAt, timezone);
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
