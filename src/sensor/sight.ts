// Loads the nets and offers what can be seen in one frame: faces, zoom checks of them, and classifications.
import type { Detection } from '../audience/follow.ts';
import { type ClassifierSpec, type DetectorSpec, readManifest } from '../models/manifest.ts';
import { ModelError } from '../models/model-error.ts';
import { type VerifiedNet, verifiedNet } from '../models/verify.ts';
import type { Box } from '../observation/observation.ts';
import { type Classification, classify } from './classify/age-gender.ts';
import { detectFaces } from './detect/full-range.ts';
import { planPasses } from './detect/passes.ts';
import { zoomCheck } from './detect/zoom-check.ts';
import { bgrFromI420, type Net, readNet, scope } from './opencv.ts';
import type { SensorOptions } from './sensor-options.ts';

/** One frame; its calls are made one after another. */
export type Scene = Readonly<{
  detect(): Promise<readonly Detection[]>;
  zoomCheck(box: Box): Promise<number>;
  /** Null without a classifier. */
  classify(box: Box): Promise<Classification | null>;
}>;

/** Shows a frame to `work`; nothing of the frame outlives it. */
export type Sight = <T>(bytes: Buffer, work: (scene: Scene) => Promise<T>) => Promise<T>;

/** Throws a ModelError for a net that is missing, damaged or unreadable. */
export function openSight(options: SensorOptions): Sight {
  const manifest = readManifest(options.manifestPath);
  const verified = (name: string) => verifiedNet(manifest, options.modelsFolder, name);
  const detector = verified(options.pack.detector);
  const spec = detectorSpec(detector);
  const passes = planPasses(options.frame, spec.geometry, options.detector).map((pass) => ({
    pass,
    net: load(detector),
  }));
  const zoomNet = load(detector);
  const classifiers = options.pack.classifiers.map((name) => {
    const classifier = verified(name);
    return { net: load(classifier), spec: classifierSpec(classifier) };
  });
  return (bytes, work) =>
    scope(async (keep) => {
      const frame = bgrFromI420(keep, bytes, options.frame);
      return work({
        detect: () => detectFaces(keep, frame, passes, spec),
        zoomCheck: (box) => zoomCheck(keep, frame, box, zoomNet, spec),
        classify: async (box) => {
          const found: Classification[] = [];
          for (const one of classifiers) found.push(await classify(keep, frame, box, one.net, one.spec));
          return joined(found);
        },
      });
    });
}

/** The first classifier that answers a question decides it. */
function joined(found: readonly Classification[]): Classification | null {
  if (found.length === 0) return null;
  const age = found.find((one) => one.age !== null)?.age ?? null;
  const gender = found.find((one) => one.gender !== null)?.gender ?? null;
  return { age, gender };
}

function load({ weightsPath, definitionPath }: VerifiedNet): Net {
  try {
    return readNet(weightsPath, definitionPath);
  } catch (cause) {
    throw new ModelError(weightsPath, 'cannot be read by OpenCV', { cause });
  }
}

function detectorSpec({ spec }: VerifiedNet): DetectorSpec {
  if (spec.role === 'detector') return spec;
  throw new ModelError(spec.name, 'is not a detector', { remedy: 'choose another pack' });
}

function classifierSpec({ spec }: VerifiedNet): ClassifierSpec {
  if (spec.role === 'classifier') return spec;
  throw new ModelError(spec.name, 'is not a classifier', { remedy: 'choose another pack' });
}
