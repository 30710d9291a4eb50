// The classic program on one picture, step by step: its detector, its crops, its two nets, its numbers.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from '../models/file-check.ts';
import { netNamed, readManifest } from '../models/manifest.ts';
import type { NetFile, NeuralSpec } from '../models/net-schema.ts';
import { type VerifiedNet, verifiedNet } from '../models/verify.ts';
import { loadNet } from '../sensor/load-net.ts';
import { forward, type Keep, type Mat, type Net, region, resizeLinear } from '../sensor/opencv.ts';
import {
  AGE_CLASSES,
  chosen,
  GENDER_CLASSES,
  type ReferenceFace,
  referenceBoxes,
  referenceCrop,
} from './reference-face.ts';

export type ReferenceModels = Readonly<{
  manifestPath: string;
  /** Where network definitions are that belong to the program. */
  definitionsFolder: string;
  folder: string;
  /** Whoever names a folder may have weights of his own in it: `warn` is told, and they are used. */
  ownWeights: boolean;
  warn: (message: string) => void;
}>;

/** Colors swapped and the means in this order, as the program has it. */
const DETECTOR = { side: 300, input: { channelOrder: 'rgb', mean: [104, 117, 123], scale: 1 } } as const;
const CLASSIFIER = {
  side: 227,
  input: { channelOrder: 'bgr', mean: [78.4263377603, 87.7689143744, 114.895847746], scale: 1 },
} as const;

/** The three nets are needed together. */
const PULLED_AS = 'res10-ssd-reference levi-hassner';

/** Throws a ModelError for a net that is missing or unreadable. */
export function openReference(
  models: ReferenceModels,
  aboveConfidence: number,
): (keep: Keep, image: Mat) => Promise<readonly ReferenceFace[]> {
  const [detector, age, gender] = [
    { name: 'res10-ssd-reference', output: 'detection_out' },
    { name: 'levi-hassner-age', output: 'prob' },
    { name: 'levi-hassner-gender', output: 'prob' },
  ].map(({ name, output }) => ({ net: loadNet(referenceNet(models, name)), output }));
  if (!detector || !age || !gender) throw new Error('three nets make the reference');
  return async (keep, image) => {
    const picture = { width: image.cols, height: image.rows };
    const squeezed = resizeLinear(keep, image, DETECTOR.side, DETECTOR.side);
    const list = await numbers(detector, squeezed, DETECTOR.input);
    const faces: ReferenceFace[] = [];
    for (const found of referenceBoxes(list, picture, aboveConfidence)) {
      const place = referenceCrop(found.box, picture);
      const crop = place && resizeLinear(keep, region(keep, image, place), CLASSIFIER.side, CLASSIFIER.side);
      const said = async (net: OpenNet, classes: readonly string[]) =>
        crop && chosen([...(await numbers(net, crop, CLASSIFIER.input))], classes);
      faces.push({ ...found, age: await said(age, AGE_CLASSES), gender: await said(gender, GENDER_CLASSES) });
    }
    return faces;
  };
}

type OpenNet = Readonly<{ net: Net; output: string }>;

function numbers({ net, output }: OpenNet, image: Mat, input: Parameters<typeof forward>[2]): Promise<Float32Array> {
  return forward(net, image, input, [output], ([found]) => found?.all() ?? new Float32Array());
}

function referenceNet(
  { manifestPath, folder, definitionsFolder, ownWeights, warn }: ReferenceModels,
  name: string,
): VerifiedNet<NeuralSpec> {
  const spec = netNamed(readManifest(manifestPath), name);
  const place = ({ name: file }: NetFile) =>
    [join(folder, file), join(definitionsFolder, file)].find((path) => existsSync(path)) ?? join(folder, file);
  const weightsPath = place(spec.files.weights);
  // What is missing, and whatever differs in the folder of the program, is refused there with its remedy.
  if (!ownWeights || !existsSync(weightsPath)) return verifiedNet(spec, folder, PULLED_AS);
  const problem = fileProblem(weightsPath, spec.files.weights);
  if (problem !== null) warn(`${weightsPath} is not the published file (it ${problem}); it is used nevertheless`);
  return { spec, weightsPath, definitionPath: 'definition' in spec.files ? place(spec.files.definition) : null };
}
