// What stands beside a face, from full to short, and in which color.
import { expect, it } from 'vitest';
import { markOf, numbered, referenceMarkOf } from '../../src/analyze/mark.ts';
import { analyzedFace } from './faces.ts';

it('gender, age with its group, and how sure the detector is', () => {
  expect(markOf(analyzedFace()).texts).toEqual([
    ['female 93%', '41 y, adult 78%', 'face 91%'],
    ['female 93%', '41 y, adult 78%'],
    ['F 41'],
  ]);
});

it('the number of a viewer goes first', () => {
  expect(markOf(analyzedFace({ viewer: 7 })).texts.map(([first]) => first)).toEqual([
    '#7 female 93%',
    '#7 female 93%',
    '#7 F 41',
  ]);
});

it('of several faces each has its number, a single one needs none', () => {
  const mark = markOf(analyzedFace());
  expect(numbered([mark])).toEqual([mark]);
  expect(numbered([mark, mark])[1]).toEqual({
    ...mark,
    texts: [['2. female 93%', '41 y, adult 78%', 'face 91%'], ['2. female 93%', '41 y, adult 78%'], ['2. F 41']],
  });
});

it('what is unsure is called so', () => {
  const unsure = analyzedFace({
    age: { years: 34, group: null, probability: 0.4, minorProbability: 0 },
    gender: { answer: null, female: 0.5, male: 0.5 },
  });
  expect(markOf(unsure).texts.at(-2)).toEqual(['gender unsure', '34 y, group unsure']);
  expect(markOf(unsure).texts.at(-1)).toEqual(['34']);
});

it('without classifiers there is only a face', () => {
  expect(markOf(analyzedFace({ age: null, gender: null })).texts).toEqual([['face 91%']]);
});

it('women, men and others have colors of their own', () => {
  const colors = (['female', 'male', null] as const).map(
    (answer) => markOf(analyzedFace({ gender: { answer, female: 0.5, male: 0.5 } })).color,
  );
  expect(new Set(colors.map(String)).size).toBe(3);
});

it('the reference speaks in its classes', () => {
  const choice = (name: string) => ({ class: name, probabilities: [0.75, 0.25] });
  const box = { x: 1, y: 2, width: 3, height: 4 };
  expect(referenceMarkOf({ box, confidence: 0.99, age: choice('(25-32)'), gender: choice('Male') }).texts).toEqual([
    ['Male 75%', '(25-32) 75%', 'face 99%'],
    ['Male 75%', '(25-32) 75%'],
    ['Male'],
  ]);
  expect(referenceMarkOf({ box, confidence: 0.99, age: null, gender: null }).texts.at(-1)).toEqual(['face 99%']);
});
