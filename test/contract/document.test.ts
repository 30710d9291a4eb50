// The reference page is current, its examples are valid, and no field is left unexplained.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mqttDocument } from '../../src/contract/document.ts';
import { examples } from '../../src/contract/examples.ts';
import { fieldRows } from '../../src/contract/field-rows.ts';
import { type TopicName, topics } from '../../src/contract/topics.ts';

const names = Object.keys(topics) as TopicName[]; // the keys of a literal

describe('the reference page', () => {
  it('is current', () => {
    expect(readFileSync(new URL('../../docs/mqtt.md', import.meta.url), 'utf8')).toBe(mqttDocument());
  });

  it.each(names)('shows a valid example of %s', (name) => {
    expect(topics[name].schema.parse(examples[name])).toEqual(examples[name]);
    expect(mqttDocument()).toContain(JSON.stringify(examples[name], null, 2));
  });

  it.each(names)('explains every field of %s', (name) => {
    const rows = fieldRows(topics[name].schema);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('lists the fields of lists and of nullable objects', () => {
    const paths = fieldRows(topics.rollup.schema).map(({ path }) => path);
    expect(paths).toContain('data.cells[].ageGroup');
    expect(fieldRows(topics.now.schema).map(({ path, type }) => `${path}: ${type}`)).toEqual(
      expect.arrayContaining(['majorityGender.marginRatio: number', 'present: integer or null']),
    );
  });
});
