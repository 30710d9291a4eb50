// Keys as YAML with their descriptions: what is written reads back the same, and only what differs is written.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { commentedYaml, defaultsOf, differencesOf } from '../../src/config/commented-yaml.ts';
import { keyTree } from '../../src/config/key-tree.ts';

const tree = keyTree();

it('of the defaults nothing differs, and null for a section is none', () => {
  expect(differencesOf(tree, defaultsOf(tree))).toEqual({});
  expect(differencesOf(tree, { source: null, log: { level: 'info' } })).toEqual({});
});

it('what differs reads back the same, long lists and lists of lists included', () => {
  const values = {
    site: 'Halle "3": a',
    openingHours: [{ days: ['mon', 'tue'], from: '08:00', to: '20:00' }],
    source: { command: ['cam', '{width}', '# no comment'] },
    picture: {
      mask: [
        [
          [0, 0],
          [1, 0],
          [0.5, 1],
        ],
      ],
    },
    triggers: {
      rules: [
        {
          name: 'women-and-men',
          when: [
            { asManyAs: [{ gender: 'female', ageGroups: ['adult', 'senior'] }, { gender: 'male' }] },
            { days: ['sat'] },
          ],
        },
      ],
    },
  };
  const text = commentedYaml(tree, differencesOf(tree, { ...values, timezone: null }));
  expect(parse(text)).toEqual(values);
  expect(text).toContain('# Group of screens, a part of every topic.');
  expect(text).not.toContain('timezone:');
});
