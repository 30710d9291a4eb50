// The plain texts: one word for what a payload says, and a word for what is not known.
import { expect, it } from 'vitest';
import { examples } from '../../src/contract/examples.ts';
import { plainTexts, plainTopic, withoutKnowledge } from '../../src/contract/plain.ts';

it('say what is known of the audience', () => {
  expect(textsOf(plainTexts(examples.now))).toEqual({
    present: '3',
    attending: '2',
    watchers: '1',
    'majority-gender': 'female',
    'majority-age-group': 'adult',
  });
});

it('say 0 for nobody and unknown for what is not known', () => {
  const nobody = { present: 0, attending: 0, watchers: 0, majorityGender: null, majorityAgeGroup: null };
  expect(textsOf(plainTexts({ ...examples.now, ...nobody }))).toMatchObject({
    present: '0',
    'majority-gender': 'unknown',
    'majority-age-group': 'unknown',
  });
  const unknown = { present: null, attending: null, watchers: null };
  expect(textsOf(plainTexts({ ...examples.now, ...unknown }))).toMatchObject({
    present: 'unknown',
    watchers: 'unknown',
  });
});

it('say whether a trigger is on', () => {
  expect(plainTexts(examples.trigger)).toEqual([{ name: 'trigger/perfume', text: 'ON' }]);
  expect(plainTexts({ ...examples.trigger, on: false })).toEqual([{ name: 'trigger/perfume', text: 'OFF' }]);
});

it('say nothing of other payloads', () => {
  const { now: _, trigger: __, ...others } = examples;
  expect(Object.values(others).flatMap((payload) => plainTexts(payload))).toEqual([]);
});

it('lie below plain, and end with what is true of nobody', () => {
  expect(plainTopic({ site: 'local', screen: 'lobby' }, 'present')).toBe('onlooker/v1/local/lobby/plain/present');
  expect(withoutKnowledge({ name: 'present', text: '3' })).toEqual({ name: 'present', text: 'unknown' });
  expect(withoutKnowledge({ name: 'trigger/x', text: 'ON' })).toEqual({ name: 'trigger/x', text: 'OFF' });
});

function textsOf(texts: ReturnType<typeof plainTexts>) {
  return Object.fromEntries(texts.map(({ name, text }) => [name, text]));
}
