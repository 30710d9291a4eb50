// Finds and classifies the faces of single pictures with the nets of a pack.
import type { Pack } from '../models/pack.ts';
import { openClassifiers } from '../sensor/classify/open-classifiers.ts';
import type { Keep, Mat } from '../sensor/opencv.ts';
import { type AnalyzedFace, type AnswerOptions, answerOfOne } from './answer.ts';
import { openFinder } from './find-faces.ts';

export type AnalysisOptions = AnswerOptions & Readonly<{ farWidth: number | null; minConfidence: number | null }>;

export function openAnalysis(
  pack: Pack,
  options: AnalysisOptions,
): (keep: Keep, image: Mat) => Promise<readonly AnalyzedFace[]> {
  const find = openFinder(pack.detector, options);
  const classify = openClassifiers(pack);
  return async (keep, image) => {
    const faces: AnalyzedFace[] = [];
    for (const { box, confidence } of await find(keep, image)) {
      const look = await classify(keep, image, box);
      faces.push({ box, confidence, viewer: null, ...answerOfOne(look, options) });
    }
    return faces;
  };
}
