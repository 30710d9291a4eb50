// A scenario begins when it says, its clock is that of a live camera only in real time, and a set clock moves no timer.
import { expect, it } from 'vitest';
import type { SourceListener } from '../../../src/daemon/observation-source.ts';
import { openSimulation, startOf } from '../../../src/daemon/stand-ins/simulation.ts';
import { steppingClock } from '../../../src/daemon/stand-ins/stepping-clock.ts';
import type { Observation, StreamHeader } from '../../../src/observation/observation.ts';
import { scenarioOf } from '../../simulator/measured-scenario.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { testConfig } from '../daemon-rig.ts';

const NOW = Date.UTC(2026, 2, 14, 9, 26);

it.each([
  [null, NOW],
  ['08:30', Date.UTC(2026, 2, 14, 7, 30)],
  ['00:00', Date.UTC(2026, 2, 13, 23)],
])('one that starts at %s does so today, in the time zone of the configuration', (startsAt, expected) => {
  expect(startOf(scenarioOf({ startsAt }), NOW, 'Europe/Berlin')).toBe(expected);
});

it.each([
  [1, 'monotonic', NOW - 5000, 5000, true],
  ['max', 'media', NOW, 0, false],
] as const)('at speed %s the clock of the stream is %s', async (speed, kind, wallAtZero, firstAt, isSent) => {
  const clock = manualClock(NOW);
  clock.advance(5000);
  const told = await firstOf(speed, clock);
  expect(told.header).toMatchObject({ clock: kind, wallAtZero, periodMs: 100, source: 'a scenario' });
  expect([told.observation.at, told.isSent]).toEqual([firstAt, isSent]);
});

it('a clock that is set shows another time, and its timers go on', () => {
  const inner = manualClock(NOW);
  const { clock, step } = steppingClock(inner);
  let fired = 0;
  clock.after(1000, () => {
    fired += 1;
  });
  step(-3_600_000);
  expect([clock.wallNow(), clock.monotonicNow()]).toEqual([NOW - 3_600_000, 0]);
  inner.advance(1000);
  expect(fired).toBe(1);
});

type First = Readonly<{ header: StreamHeader; observation: Observation; isSent: boolean }>;

function firstOf(speed: number | 'max', clock: ReturnType<typeof manualClock>): Promise<First> {
  const source = openSimulation({
    config: testConfig(),
    ...{ scenario: scenarioOf({}), label: 'a scenario', session: 's1', seed: 1, lastsMs: 100, speed, clock },
    wallAtStart: NOW,
    ready: () => Promise.resolve(),
    onEvent: () => undefined,
    onTruth: () => undefined,
  });
  return new Promise((resolve, reject) => {
    let header: StreamHeader | null = null;
    const listener: SourceListener = {
      opened: (opened) => {
        header = opened;
      },
      observed: (observation, sent) => {
        if (header !== null) resolve({ header, observation, isSent: sent !== null });
      },
      ...{ away: () => undefined, starting: () => undefined, resting: () => undefined, ended: () => undefined },
      failed: reject,
    };
    source.start(listener);
  });
}
