// A scenario makes a stream: the same for the same seed, without an end, with its losses, and with looks where the tracker asks.
import { describe, expect, it } from 'vitest';
import { observationSchema } from '../../src/observation/observation.ts';
import type { Simulated } from '../../src/simulator/simulate.ts';
import { builtIn, MIDNIGHT, observationsOf, PERFECT, scenarioOf, simulated } from './measured-scenario.ts';

const HOUR_MS = 3_600_000;
const textOf = (items: Iterable<Simulated>) => JSON.stringify([...items]);

describe('the seed', () => {
  it('gives the same bytes again, truth included', () => {
    const once = textOf(simulated(builtIn('rush-hour')));
    expect(textOf(simulated(builtIn('rush-hour')))).toBe(once);
    expect(once.length).toBeGreaterThan(100_000);
    expect(textOf(simulated(builtIn('rush-hour'), { seed: 2 }))).not.toBe(once);
  });
});

describe('the stream', () => {
  it('is made while it is read: a scenario without an end can be begun', () => {
    const items = simulated(builtIn('quiet'), { lastsMs: null });
    for (let count = 0; count < 5000; count += 1) expect(items.next().done).toBe(false);
    items.return();
  });

  it('holds observations of the schema, one a frame, in order', () => {
    const observations = observationsOf(simulated(builtIn('family')));
    expect(observations).toHaveLength(600);
    expect(observations.map(({ seq }) => seq)).toEqual(observations.map((_, index) => index));
    expect(observations.map(({ at }) => at)).toEqual(observations.map((_, index) => index * 100));
    for (const observation of observations) expect(observationSchema.parse(observation)).toEqual(observation);
  });

  it('looks at whom the tracker asks for, only at those whom it knows, and not again and again', () => {
    const observations = observationsOf(simulated({ ...builtIn('loiterer'), detector: PERFECT }));
    const looks = observations.flatMap((observation) => observation.looks);
    expect(looks.length).toBeGreaterThanOrEqual(2);
    expect(looks.length).toBeLessThanOrEqual(8);
    expect(looks.every(({ gender }) => gender?.male === 0.93)).toBe(true);
    expect(new Set(observations.flatMap(({ faces }) => faces.map(({ track }) => track)))).toEqual(new Set([1]));
  });
});

describe('who comes', () => {
  const visitsIn = (items: Iterable<Simulated>) =>
    [...items].reduce(
      (sum, item) => sum + (item.kind === 'truth' && item.truth.kind === 'minute' ? item.truth.arrived : 0),
      0,
    );

  it('comes as often as the rate says, at the time of day that it says', () => {
    const hours = [{ from: '08:00', to: '09:00', perMinute: 20 }];
    const scenario = scenarioOf({ framesPerSecond: 1, arrivals: [{ perMinute: 1, hours }] });
    // Four standard deviations of a Poisson number.
    expect(Math.abs(visitsIn(simulated(scenario, { lastsMs: HOUR_MS })) - 60)).toBeLessThan(32);
    const inTheRush = visitsIn(simulated(scenario, { wallAtStart: MIDNIGHT + 8 * HOUR_MS, lastsMs: HOUR_MS }));
    expect(Math.abs(inTheRush - 1200)).toBeLessThan(140);
  });

  it('is what the group says', () => {
    const people = [...simulated(builtIn('family'), { lastsMs: 50_000 })].flatMap((item) =>
      item.kind === 'truth' && item.truth.kind === 'person' ? [item.truth.person] : [],
    );
    const family = people.filter(({ group }) => group === 1);
    expect(family.map(({ ageYears }) => ageYears < 14)).toEqual([false, false, true, true]);
    expect(family.slice(0, 2).map(({ gender }) => gender)).toEqual(['female', 'male']);
  });

  it('is nobody, and the camera sees it', () => {
    const observations = observationsOf(simulated(builtIn('nobody')));
    expect(observations).toHaveLength(600);
    expect(observations.flatMap(({ faces }) => faces)).toEqual([]);
  });
});

describe('what happens', () => {
  it('a camera goes and comes back as a new stream, in which the tracker knows nobody', () => {
    const items = [...simulated(builtIn('camera-loss'), { lastsMs: 100_000 })];
    const turns = items.filter(({ kind }) => kind === 'away' || kind === 'opened');
    expect(turns.map(({ kind, at }) => [kind, at])).toEqual([
      ['opened', 0],
      ['away', 20_000],
      ['opened', 35_000],
      ['away', 80_000],
      ['opened', 95_000],
    ]);
    expect(turns[1]).toMatchObject({ fault: 'absent', lastsMs: 15_000 });
    const observations = observationsOf(items);
    expect(observations.filter(({ at }) => at >= 20_000 && at < 35_000)).toEqual([]);
    expect(observations.find(({ at }) => at === 35_000)?.seq).toBe(0);
  });

  it('a broker is lost and a clock set when the scenario says', () => {
    const eventsOf = (name: string) =>
      [...simulated(builtIn(name), { lastsMs: 90_000 })].flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    expect(eventsOf('broker-loss')).toEqual([
      { kind: 'broker-loss', at: 20_000, lastsMs: 10_000 },
      { kind: 'broker-loss', at: 80_000, lastsMs: 10_000 },
    ]);
    expect(eventsOf('clock-jump').map((event) => ('byMs' in event ? event.byMs : null))).toEqual([
      3_600_000, -7_200_000,
    ]);
  });

  it('a shop that is closed is not looked at, and nobody comes', () => {
    const items = [...simulated(builtIn('shop-day'), { wallAtStart: MIDNIGHT + 8.9 * HOUR_MS, lastsMs: HOUR_MS / 4 })];
    const [opened, closed, reopened] = items.filter(({ kind }) => kind === 'opened' || kind === 'closed');
    expect([opened, closed, reopened]).toMatchObject([
      { kind: 'opened', at: 0 },
      { kind: 'closed', at: 0, until: MIDNIGHT + 9 * HOUR_MS },
      { kind: 'opened', at: 360_000 },
    ]);
    expect(observationsOf(items)[0]?.at).toBe(360_000);
    const minutes = items.flatMap((item) =>
      item.kind === 'truth' && item.truth.kind === 'minute' ? [item.truth] : [],
    );
    expect(minutes.slice(0, 6).map(({ arrived, cameraMs }) => [arrived, cameraMs])).toEqual(Array(6).fill([0, 0]));
    expect(minutes.reduce((sum, { personMs }) => sum + personMs, 0)).toBeGreaterThan(0);
  });
});
