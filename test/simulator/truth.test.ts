// What is measured of a scenario is its truth: nearly all of it with a perfect detector, and within bounds with a usual one.
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/simulator/scenario-schema.ts';
import { builtIn, MIDNIGHT, measuredScenario, PERFECT, scenarioOf } from './measured-scenario.ts';

const HOUR_MS = 3_600_000;
const NOON = { wallAtStart: MIDNIGHT + 12 * HOUR_MS, lastsMs: 0.75 * HOUR_MS };
const rushHour = builtIn('rush-hour');
const shopDay = builtIn('shop-day');

describe.each<readonly [string, Scenario, Readonly<{ wallAtStart?: number; lastsMs: number }>]>([
  ['rush-hour', rushHour, { lastsMs: HOUR_MS / 6 }],
  ['shop-day at noon', shopDay, NOON],
])('%s', (_, scenario, options) => {
  it('with perfect detection gives the true person-seconds within 1 % and the visits within 3 %', () => {
    const { viewers, personMs, attentionMs, truth } = measuredScenario({ ...scenario, detector: PERFECT }, options);
    expect(truth.visits).toBeGreaterThan(120);
    expect(Math.abs(personMs / truth.personMs - 1)).toBeLessThan(0.01);
    expect(Math.abs(attentionMs / truth.attentionMs - 1)).toBeLessThan(0.01);
    expect(Math.abs(viewers.length / truth.visits - 1)).toBeLessThan(0.03);
  });

  it('with a face missed in every tenth frame and boxes that shake gives them within 2 % and 5 %', () => {
    const detector = { ...scenario.detector, missRatio: 0.1, jitterRatio: 0.05 };
    const { viewers, personMs, attentionMs, truth } = measuredScenario({ ...scenario, detector }, options);
    expect(Math.abs(personMs / truth.personMs - 1)).toBeLessThan(0.02);
    expect(Math.abs(attentionMs / truth.attentionMs - 1)).toBeLessThan(0.05);
    expect(Math.abs(viewers.length / truth.visits - 1)).toBeLessThan(0.05);
  });
});

it('a camera that is away for a quarter of the time leaves the truth as it is, and the measured lacks that quarter', () => {
  const scenario = { ...builtIn('camera-loss'), detector: PERFECT };
  const { personMs, truth } = measuredScenario(scenario, { lastsMs: HOUR_MS / 3 });
  expect(truth.cameraMs).toBe((HOUR_MS / 3) * 0.75);
  expect(personMs / truth.personMs).toBeGreaterThan(0.7);
  expect(personMs / truth.personMs).toBeLessThan(0.8);
});

it('a poster is no viewer any more after a while, and no person in the truth', () => {
  const scenario = { ...builtIn('poster'), arrivals: [] };
  const { viewers, truth } = measuredScenario(scenario, { lastsMs: 240_000 });
  expect(viewers.map(({ dwellMs }) => Math.round(dwellMs / 10_000))).toEqual([12]);
  expect(truth).toMatchObject({ visits: 0, personMs: 0, cameraMs: 240_000 });
});

it('answers are wrong as often as the confusion matrix says', () => {
  const group = [{ ageYears: [40, 50], femaleRatio: 1 }];
  const { viewers } = measuredScenario(
    scenarioOf({
      arrivals: [{ atSeconds: Array.from({ length: 300 }, (_, index) => index * 10), group, lookSeconds: [3, 3] }],
      classifier: {
        genders: [
          { truth: 'female', female: 0.7, male: 0.3 },
          { truth: 'male', female: 0, male: 1 },
        ],
      },
    }),
    { lastsMs: 3_010_000 },
  );
  expect(viewers).toHaveLength(300);
  const share = (holds: (viewer: (typeof viewers)[number]) => boolean) => viewers.filter(holds).length / viewers.length;
  // Three standard deviations of 300 draws.
  expect(Math.abs(share(({ gender }) => gender?.gender === 'male') - 0.3)).toBeLessThan(0.08);
  expect(Math.abs(share(({ age }) => age?.group === 'youngAdult') - 0.15)).toBeLessThan(0.062);
  expect(share(({ age }) => age?.group === 'child')).toBe(0);
});
