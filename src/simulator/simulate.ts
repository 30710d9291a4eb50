// Turns a scenario into what a source says, frame by frame: the same seed gives the same stream, and nothing is kept of what is over.
import type { FollowOptions } from '../audience/follow.ts';
import type { AwayFault } from '../observation/fault.ts';
import type { Observation } from '../observation/observation.ts';
import { eventsOf, type SimulatedEvent } from './events.ts';
import { faceOf, posterFace } from './face-of.ts';
import { FRAME } from './person.ts';
import { Population } from './population.ts';
import { randomOf } from './random.ts';
import type { Scenario } from './scenario-schema.ts';
import { SimulatedSensor } from './sensor.ts';
import { type Truth, TruthTally } from './truth.ts';

export type SimulateOptions = Readonly<{
  seed: number;
  /** Unix time at the start. */
  wallAtStart: number;
  /** What the clock of the stream shows at the start. */
  streamAtStart: number;
  /** Null for ever. */
  lastsMs: number | null;
  follow: FollowOptions;
  maxYawDegrees: number;
  /** Milliseconds since midnight on the wall, of Unix time. */
  timeOfDayMs: (wallAt: number) => number;
  /** Whether the screen has an audience at that Unix time, and until when that holds. */
  openingAt: (wallAt: number) => Readonly<{ open: boolean; until: number }>;
}>;

/** `at` is milliseconds after the start, but in an observation the instant of the stream. */
export type Simulated =
  | Readonly<{ kind: 'opened'; at: number }>
  | Readonly<{ kind: 'observed'; at: number; observation: Observation }>
  | Readonly<{ kind: 'away'; at: number; fault: AwayFault; lastsMs: number }>
  | Readonly<{ kind: 'closed'; at: number; until: number }>
  | Readonly<{ kind: 'event'; at: number; event: SimulatedEvent }>
  | Readonly<{ kind: 'truth'; at: number; truth: Truth }>;

export function* simulate(scenario: Scenario, options: SimulateOptions): Generator<Simulated, void, undefined> {
  const { seed, wallAtStart, streamAtStart, maxYawDegrees } = options;
  const endMs = options.lastsMs ?? Number.POSITIVE_INFINITY;
  const periodMs = 1000 / scenario.framesPerSecond;
  const opening = remembered((at) => {
    const { open, until } = options.openingAt(wallAtStart + at);
    return { open, until: until - wallAtStart };
  });
  const population = new Population(scenario, {
    seed,
    endMs,
    timeOfDayMs: (at) => options.timeOfDayMs(wallAtStart + at),
    isOpen: (at) => opening(at).open,
  });
  const tally = new TruthTally(wallAtStart, endMs);
  const sensor = new SimulatedSensor(options.follow, scenario.classifier, seed);
  const posters = scenario.posters.map((poster, index) => ({
    ...poster,
    id: -1 - index,
    place: {
      x: poster.xRatio * FRAME.width,
      y: poster.yRatio * FRAME.height,
      width: poster.faceWidthRatio * FRAME.width,
    },
    random: randomOf(seed, 5, index),
  }));
  const events = eventsOf(scenario);
  let coming = events.next();
  let awayUntil = Number.NEGATIVE_INFINITY;
  let state: 'new' | 'seeing' | 'away' | 'closed' = 'new';

  for (let frame = 0; frame * periodMs < endMs; frame += 1) {
    const at = frame * periodMs;
    const { arrived, left } = population.moveTo(at);
    for (const person of arrived) tally.arrived(person);
    for (const person of left) yield { kind: 'truth', at, truth: tally.personTruth(person) };
    for (const truth of tally.minutesUntil(at)) yield { kind: 'truth', at, truth };
    for (; coming.done !== true && coming.value.at <= at; coming = events.next()) {
      const event = coming.value;
      yield { kind: 'event', at, event };
      if (event.kind !== 'camera-loss') continue;
      awayUntil = Math.max(awayUntil, event.at + event.lastsMs);
      if (state === 'new') yield { kind: 'opened', at };
      if (state !== 'closed') {
        yield { kind: 'away', at, fault: event.fault, lastsMs: awayUntil - event.at };
        state = 'away';
      }
    }
    const { open, until } = opening(at);
    if (!open && state !== 'closed') {
      if (state === 'new') yield { kind: 'opened', at };
      yield { kind: 'closed', at, until: wallAtStart + until };
      state = 'closed';
    }
    if (!open || at < awayUntil) continue;
    if (state !== 'seeing') {
      sensor.restart();
      yield { kind: 'opened', at };
      state = 'seeing';
    }
    tally.cameraSaw(at, at + periodMs);
    const seen = [
      ...population.inView(at).map((who) => ({ who, face: faceOf(who, at, scenario.detector, maxYawDegrees) })),
      ...posters.map((who) => ({ who, face: posterFace(who.place, scenario.detector, maxYawDegrees, who.random) })),
    ].flatMap(({ who, face }) => (face === null ? [] : [{ who, face }]));
    yield { kind: 'observed', at, observation: sensor.observe(seen, streamAtStart + at) };
  }
  for (const person of population.about) {
    if (person.arrivesAt < endMs) yield { kind: 'truth', at: endMs, truth: tally.personTruth(person) };
  }
  for (const truth of tally.minutesToEnd()) yield { kind: 'truth', at: endMs, truth };
}

/** Opening hours take long to compute and change seldom. */
function remembered(look: (at: number) => Readonly<{ open: boolean; until: number }>) {
  let known = { from: Number.POSITIVE_INFINITY, open: true, until: Number.NEGATIVE_INFINITY };
  return (at: number): Readonly<{ open: boolean; until: number }> => {
    if (at < known.from || at >= known.until) known = { from: at, ...look(at) };
    return known;
  };
}
