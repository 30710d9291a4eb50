// Shows single pictures of one face to a pack and notes what it finds and says, before any calibration.
import { openFinder } from '../../../src/analyze/find-faces.ts';
import { readPicture } from '../../../src/analyze/pictures.ts';
import type { Pack } from '../../../src/models/pack.ts';
import type { AgeDistribution, Box } from '../../../src/observation/observation.ts';
import { openClassifiers } from '../../../src/sensor/classify/open-classifiers.ts';
import { scope } from '../../../src/sensor/opencv.ts';
import type { LabelledFace } from './labelled-faces.ts';

export type FaceAnswer = Readonly<{
  face: LabelledFace;
  /** Null when the detector missed the face. */
  found: Readonly<{ rawMale: number | null; age: AgeDistribution | null }> | null;
  falseBoxes: number;
}>;

export type PackRun = Readonly<{ answers: readonly FaceAnswer[]; detectMs: number; classifyMs: number }>;

/** The face is in the middle of each picture. Milliseconds are means per picture. */
export async function askPack(pack: Pack, faces: readonly LabelledFace[]): Promise<PackRun> {
  const find = openFinder(pack.detector, { farWidth: null, minConfidence: null });
  const classify = openClassifiers({ classifiers: pack.classifiers, calibration: null });
  const answers: FaceAnswer[] = [];
  let detectMs = 0;
  let classifyMs = 0;
  for (const face of faces) {
    await scope(async (keep) => {
      const picture = readPicture(keep, face.path);
      const startedAt = performance.now();
      const boxes = (await find(keep, picture)).map(({ box }) => box);
      const foundAt = performance.now();
      const middle = boxes.find((box) => holds(box, picture.cols / 2, picture.rows / 2)) ?? null;
      const said = middle && (await classify(keep, picture, middle));
      detectMs += foundAt - startedAt;
      classifyMs += performance.now() - foundAt;
      const found = middle && { rawMale: said?.gender?.male ?? null, age: said?.age ?? null };
      answers.push({ face, found, falseBoxes: boxes.length - (middle === null ? 0 : 1) });
    });
  }
  return { answers, detectMs: detectMs / faces.length, classifyMs: classifyMs / faces.length };
}

function holds(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
