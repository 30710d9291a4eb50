// Faces as the analysis describes them, for tests.
import type { AnalyzedFace } from '../../src/analyze/answer.ts';
import type { Mark } from '../../src/analyze/mark.ts';

export function analyzedFace(changes: Partial<AnalyzedFace> = {}): AnalyzedFace {
  return {
    box: { x: 10.04, y: 20.26, width: 60, height: 60 },
    confidence: 0.912345678,
    viewer: null,
    age: { years: 41, group: 'adult', probability: 0.78, minorProbability: 0.012345 },
    gender: { answer: 'female', female: 0.93, male: 0.07 },
    ...changes,
  };
}

export function markAt(x: number, y: number, side: number): Mark {
  const color = [0, 159, 230] as const;
  return { box: { x, y, width: side, height: side }, color, texts: [['female 93%', '41 y, adult 78%'], ['F 41']] };
}
