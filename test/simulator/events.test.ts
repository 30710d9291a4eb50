// What a scenario lets happen comes in order of time, each as often as it says, and those of one instant all.
import { expect, it } from 'vitest';
import { eventsOf } from '../../src/simulator/events.ts';
import { observationsOf, scenarioOf, simulated } from './measured-scenario.ts';

/** The first so many. */
function events(keys: Readonly<Record<string, unknown>>, count: number): readonly (readonly [string, number])[] {
  const items = eventsOf(scenarioOf(keys));
  return Array.from({ length: count }, () => items.next()).flatMap(({ done, value }) =>
    done === true ? [] : [[value.kind, value.at] as const],
  );
}

it('comes in order, and again where it recurs, without an end', () => {
  const keys = {
    clockJumps: [{ atSeconds: 25, bySeconds: 60 }],
    brokerLosses: [{ atSeconds: 10, everySeconds: 20 }],
  };
  expect(events(keys, 4)).toEqual([
    ['broker-loss', 10_000],
    ['clock-jump', 25_000],
    ['broker-loss', 30_000],
    ['broker-loss', 50_000],
  ]);
});

it('comes to an end where nothing recurs', () => {
  expect(events({}, 9)).toEqual([]);
  expect(events({ clockJumps: [{ atSeconds: 0, bySeconds: 60 }] }, 9)).toEqual([['clock-jump', 0]]);
});

it('at the same instant comes all', () => {
  const keys = {
    cameraLosses: [{ atSeconds: 10 }, { atSeconds: 4, lastsSeconds: 1, everySeconds: 6 }],
    brokerLosses: [{ atSeconds: 10 }],
    clockJumps: [{ atSeconds: 10, bySeconds: 60 }],
  };
  expect(events(keys, 6)).toEqual([
    ['camera-loss', 4000],
    ['camera-loss', 10_000],
    ['camera-loss', 10_000],
    ['broker-loss', 10_000],
    ['clock-jump', 10_000],
    ['camera-loss', 16_000],
  ]);
});

it('a short loss of the camera ends none that is longer', () => {
  const cameraLosses = [
    { atSeconds: 10, lastsSeconds: 20 },
    { atSeconds: 15, lastsSeconds: 2 },
  ];
  const items = [...simulated(scenarioOf({ cameraLosses, framesPerSecond: 1 }), { lastsMs: 40_000 })];
  expect(observationsOf(items).find(({ at }) => at >= 10_000)?.at).toBe(30_000);
  expect(items.flatMap((item) => (item.kind === 'away' ? [[item.at, item.lastsMs]] : []))).toEqual([
    [10_000, 20_000],
    [15_000, 15_000],
  ]);
});
