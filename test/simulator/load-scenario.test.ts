// Scenarios are found by name or path, and what is wrong in a file is told with its place and remedy.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { SCENARIOS } from '../../src/daemon/installation.ts';
import { loadScenario, scenarioNames, scenarioText } from '../../src/simulator/load-scenario.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NAMES = [
  ...['broker-loss', 'camera-loss', 'clock-jump', 'family', 'loiterer', 'nobody', 'poster', 'quiet', 'rush-hour'],
  ...['school-class', 'shop-day'],
];

test('the names are those that the documents tell', () => {
  expect(scenarioNames(SCENARIOS)).toEqual(NAMES);
});

test.each(NAMES)('%s is valid and says what is to be seen', (name) => {
  expect(loadScenario(name, SCENARIOS).description).toMatch(/^[A-Z].*\.$/);
  expect(scenarioText(name, SCENARIOS)).toContain('docs/scenario.md');
});

it('a file of one’s own is taken as well, also an empty one', () => {
  expect(loadScenario(written('arrivals: [{ perMinute: 3, staySeconds: [1, 2] }]'), SCENARIOS).arrivals).toMatchObject([
    { perMinute: 3, staySeconds: { from: 1, to: 2 }, group: [{ count: { from: 1, to: 1 } }] },
  ]);
  expect(loadScenario(written(''), SCENARIOS)).toMatchObject({ arrivals: [], seed: 1, lastsSeconds: null });
});

it('one that is not there is answered with those that are', () => {
  expect(() => loadScenario('rush', SCENARIOS)).toThrow(
    /^There is no scenario and no file "rush"\. Name a file of your own, or one of broker-loss, .*, shop-day\.$/,
  );
});

test.each([
  ['arivals: []', 'arivals: unknown key, did you mean arrivals?'],
  ['arrivals: [{ staySeconds: [3, 1] }]', 'arrivals[0].staySeconds: must begin with the smaller number (got [3,1])'],
  ['arrivals: [{ group: [{ count: 3 }] }]', 'arrivals[0].group[0].count: must be a list of 2 elements (got 3)'],
  ['detector: { missRatio: 2 }', 'detector.missRatio: must be a number from 0 to 1 (got 2)'],
  ['startsAt: 9 o’clock', 'startsAt: must be a time such as 08:30, up to 24:00 (got "9 o’clock")'],
  [
    'classifier: { genders: [{ truth: female, female: 1, male: 1 }, { truth: female, female: 1, male: 0 }] }',
    'classifier.genders[0].truth: must be a line whose shares sum to 1; these sum to 2.000 (got "female")',
  ],
  [
    'cameraLosses: [{ atSeconds: 1, lastsSeconds: 12, everySeconds: 10 }]',
    'cameraLosses[0].everySeconds: must be longer than it lasts (lastsSeconds), else it never comes back (got 10)',
  ],
  [
    'brokerLosses: [{ atSeconds: 1, everySeconds: 10 }]',
    'brokerLosses[0].everySeconds: must be longer than it lasts (lastsSeconds), else it never comes back (got 10)',
  ],
  ['seed: [', 'line 1, column 8: '],
])('%s is refused with its place', (text, problem) => {
  expect(() => loadScenario(written(text), SCENARIOS)).toThrow(problem);
});

function written(text: string): string {
  const path = join(tempFolder(), 'mine.yaml');
  writeFileSync(path, text);
  return path;
}
