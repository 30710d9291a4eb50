// The last lines: how many people, and who they are.
import { expect, it } from 'vitest';
import { summaryText } from '../../src/analyze/summary.ts';

const WORK = { pictures: 2, films: 0, frames: 0, failed: 0, elapsedMs: 1234 };

it('counts, most frequent first, the unknown last', () => {
  const people = [
    { gender: null, group: 'adult', years: 40 },
    { gender: null, group: null, years: 20 },
    { gender: 'male', group: 'adult', years: 50 },
  ] as const;
  expect(summaryText(people, WORK).split('\n')).toEqual([
    '2 pictures, 3 faces in 1.2 s',
    'gender: male 1, unknown 2',
    'age group: adult 2, unknown 1',
    'age: 20 to 50 years, median 40',
  ]);
});

it('says nothing of what nobody was asked about', () => {
  const people = [{ gender: null, group: null, years: null }];
  const work = { ...WORK, pictures: 0, films: 1, frames: 1200, failed: 1, elapsedMs: 75_000 };
  expect(summaryText(people, work)).toBe('1 film (1,200 frames), 1 input not readable, 1 face in 1 min 15 s');
});
