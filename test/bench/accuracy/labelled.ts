// Makes answers about labelled faces for tests.
import type { FaceAnswer } from './face-answers.ts';
import type { Bracket } from './labelled-faces.ts';

const THIRTIES: Bracket = { fromYears: 30, toYears: 39, middleYears: 35 };

export function answer(gender: 'female' | 'male', found: FaceAnswer['found'], bracket: Bracket = THIRTIES): FaceAnswer {
  return { face: { path: 'face.jpg', half: 'A', gender, bracket }, found, falseBoxes: 0 };
}

export function said(rawMale: number | null, meanYears: number | null = null): FaceAnswer['found'] {
  return { rawMale, age: meanYears === null ? null : { kind: 'normal', meanYears, sdYears: 8 } };
}
