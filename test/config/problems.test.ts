// What is wrong with a key is said in our words wherever it is, and nothing that YAML can hold is a bug of ours.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { tempFolder } from '../support/temp-folder.ts';

it.each([
  ['picture: {mask: [[[0, 0], [2, 1], [0, 1]]]}', 'picture.mask[0][1][0]: must be at most 1 (got 2)'],
  ["source: {command: ['']}", 'source.command[0]: must be text of at least 1 characters (got "")'],
  ['source: {command: [grab, --pin, 4711]}', 'source.command[2]: must be text (got "***")'],
  [
    'source: {command: grab --password s3cret}',
    'source.command: must be a list of 1 to 64 elements or null (got "grab ***")',
  ],
  ['source: {command: {grab: --password s3cret}}', '(got "***")'],
  ['source: {command: [[grab, --pin, 4711]]}', 'source.command[0]: must be text (got "***")'],
  ['source: [{command: [grab, --pin, 4711]}]', 'source: must be a map of keys and values (got "***")'],
  ['- source: {command: [grab, --pin, 4711]}', 'configuration: must be a map of keys and values (got "***")'],
  [
    'triggers: {rules: [{name: a, when: [{days: [Fri]}, {atLeast: 1, who: {ageGroups: [5]}}]}]}',
    'when[0].days[0]: must be mon or tue or wed or thu or fri or sat or sun (got "Fri")\n  triggers.rules[0].when[1].who.ageGroups[0]: must be text (got 5)',
  ],
  ['picture: {mask: [5]}', 'picture.mask[0]: must be a list (got 5)'],
  ['picture: {mask: [[5, 5, 5]]}', 'picture.mask[0][0]: must be a list (got 5)'],
  ['mqtt: &a { url: *a }', 'mqtt.url: must be text or null (got a value that holds itself)'],
])('%s', (text, expected) => {
  const path = join(tempFolder(), 'onlooker.yaml');
  writeFileSync(path, text);
  expect(() => loadConfig(path, { hostname: 'lobby' })).toThrow(expected);
});
