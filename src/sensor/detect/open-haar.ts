// Finds faces with a cascade that slides over the gray picture.
import { readFileSync } from 'node:fs';
import { ModelError } from '../../models/model-error.ts';
import type { HaarSpec } from '../../models/net-schema.ts';
import type { VerifiedNet } from '../../models/verify.ts';
import { type CascadeClassifier, equalizedGray, findByCascade, readCascade, resize } from '../opencv.ts';
import { cascadeConfidence } from './cascade-confidence.ts';
import { cascadeProblem } from './cascade-file.ts';
import type { Detector, DetectorOptions, FrameSize } from './detector.ts';
import { inFrame, planInput } from './input-plan.ts';
import { suppress } from './suppress.ts';

export function openHaar(verified: VerifiedNet<HaarSpec>, frame: FrameSize, { farWidth }: DetectorOptions): Detector {
  const { spec, weightsPath } = verified;
  const cascade = loadCascade(weightsPath);
  const plan = planInput(frame, farWidth ?? spec.far.width, 1);
  return {
    // However weak, all are returned: a cascade has its own threshold, the hits that must agree.
    detect: async (keep, picture) => {
      const gray = equalizedGray(keep, resize(keep, picture, plan.width, plan.height));
      const found = await findByCascade(cascade, gray, spec.geometry);
      const faces = found.map(({ box, hits }) => ({ box, confidence: cascadeConfidence(hits), keypoints: null }));
      return suppress(faces, spec.thresholds.overlap).map((face) => inFrame(face, plan));
    },
    zoomCheck: null,
  };
}

function loadCascade(path: string): CascadeClassifier {
  const problem = cascadeProblem(readFileSync(path, 'utf8'));
  const remedy = 'take a cascade as OpenCV publishes it (package opencv-data)';
  if (problem !== null) throw new ModelError(path, problem, { remedy });
  try {
    return readCascade(path);
  } catch (cause) {
    throw new ModelError(path, 'cannot be read by OpenCV as a cascade', { remedy, cause });
  }
}
