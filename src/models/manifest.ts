// Defines and reads the manifest of the nets: where each comes from, what it may be used for, how it is fed and read.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ModelError } from './model-error.ts';

/** Reads and checks a manifest; every problem is listed in the error. */
export function readManifest(path: string): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'manifest'}: ${message}`);
  throw new ModelError(path, `is not a valid manifest (${problems.join('; ')})`, { remedy: RESTORE });
}

/** The net of that name. */
export function netNamed(manifest: Manifest, name: string): NetSpec {
  const net = manifest.nets.find((candidate) => candidate.name === name);
  if (net !== undefined) return net;
  const known = manifest.nets.map((candidate) => candidate.name).join(', ');
  throw new ModelError(name, `is not a net of the manifest, which has ${known}`, { remedy: RESTORE });
}

const RESTORE = 'restore models/manifest.json of this version';

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? `is not JSON (${cause.message})` : 'cannot be read';
    throw new ModelError(path, problem, { remedy: RESTORE, cause });
  }
}

const ratio = z.number().min(0).max(1);
const pixels = z.number().int().positive();
const fileName = z.string().regex(/^[\w][\w.-]*$/, 'must be a plain file name');
const packagePath = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'must be a path inside the package');
const content = {
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
};
const preparedFileSchema = z.strictObject({ name: fileName, ...content });
const sourceFileSchema = z.strictObject({ path: packagePath, ...content });

const npmPackage = { package: z.string().min(1), version: z.string().min(1) };
const outputs = z
  .record(z.string().min(1), z.string().min(1))
  .describe('Tensors that the prepared net keeps: its name for each → the name in the source.');
const sourceSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('tflite'), ...npmPackage, model: sourceFileSchema, outputs }),
  z.strictObject({
    format: z.literal('tfjs'),
    ...npmPackage,
    graph: sourceFileSchema,
    weights: sourceFileSchema,
    outputs,
  }),
]);

const licenseSchema = z.strictObject({
  name: z.string().min(1).describe('SPDX identifier, or the terms in words.'),
  commercialUse: z.enum(['clear', 'unclear']),
  reason: z.string().min(1),
});

const inputSchema = z
  .strictObject({
    channelOrder: z.enum(['rgb', 'bgr']),
    mean: z
      .tuple([z.number(), z.number(), z.number()])
      .describe('Subtracted per channel, in the order of the channels.'),
    scale: z.number().positive().describe('Multiplies what is left after the mean.'),
  })
  .describe('Fed as (pixel − mean) · scale, pixels 0 to 255.');

const common = {
  name: fileName,
  description: z.string().min(1),
  files: z.discriminatedUnion('format', [
    z.strictObject({ format: z.literal('onnx'), weights: preparedFileSchema }),
    z.strictObject({ format: z.literal('caffe'), weights: preparedFileSchema, definition: preparedFileSchema }),
  ]),
  source: sourceSchema,
  license: licenseSchema,
  input: inputSchema,
};

const detectorSchema = z.strictObject({
  ...common,
  role: z.literal('detector'),
  decoder: z.literal('full-range').describe('How boxes and keypoints are read from the outputs.'),
  outputs: z.strictObject({ scores: z.string(), boxes: z.string() }),
  geometry: z.strictObject({
    multipleOf: pixels.describe('Width and height of every input are multiples of it.'),
    cellPixels: pixels.describe('Net pixels per cell of the outputs.'),
    far: z
      .strictObject({ width: pixels, height: pixels })
      .describe('The pass over the whole frame, unless configured.'),
    near: z.strictObject({
      width: pixels,
      height: pixels,
      minFaceFarPixels: pixels.describe('Boxes of the near pass count from this width on, in pixels of the far pass.'),
    }),
    zoom: z.strictObject({
      size: pixels,
      cropFactor: z.number().positive().describe('Side of the crop by the larger side of the box.'),
      maxOffCenterPixels: pixels,
      minFacePixels: pixels,
      maxFacePixels: pixels,
    }),
  }),
  thresholds: z.strictObject({
    start: ratio.describe('Confidence that starts a track.'),
    continue: ratio.describe('Confidence that continues a track.'),
    zoom: ratio.describe('Confidence that passes the zoom check.'),
    overlap: ratio.describe('IoU from which the weaker of two boxes is dropped.'),
  }),
});

const genderCalibrationSchema = z.strictObject({
  maleFrom: z.number().gt(0).lt(1).describe('Raw P(male) at which female and male are equally likely.'),
  unknownWithin: ratio.describe('Raw distance from maleFrom within which the answer is not to be trusted.'),
});

const ageCalibrationSchema = z.strictObject({
  firstClassYears: z.number().describe('Age that the first class stands for; each further class is a year more.'),
  knots: z
    .array(z.strictObject({ rawYears: z.number(), years: z.number() }))
    .min(2)
    .refine((knots) => knots.every(({ rawYears }, i) => rawYears > (knots[i - 1]?.rawYears ?? -1)), 'must ascend'),
  sdYears: z.number().positive().describe('Standard deviation of the calibrated estimate.'),
});

const classifierSchema = z.strictObject({
  ...common,
  role: z.literal('classifier'),
  geometry: z.strictObject({
    width: pixels,
    height: pixels,
    marginRatio: z.number().describe('Added on each side of the square around the detector’s box.'),
  }),
  gender: z.strictObject({ output: z.string(), calibration: genderCalibrationSchema }).nullable(),
  age: z.strictObject({ output: z.string(), calibration: ageCalibrationSchema }).nullable(),
});

const manifestSchema = z
  .strictObject({
    version: z.literal(1),
    nets: z.array(z.discriminatedUnion('role', [detectorSchema, classifierSchema])).min(1),
    packs: z.record(z.string(), z.strictObject({ detector: z.string(), classifiers: z.array(z.string()) })),
  })
  .superRefine(({ nets, packs }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const names = nets.map((net) => net.name);
    names.forEach((name, i) => {
      if (names.indexOf(name) !== i) complain(['nets', i, 'name'], `${name} is there twice`);
    });
    const needs = (path: (string | number)[], name: string, role: NetSpec['role']) => {
      if (!nets.some((net) => net.name === name && net.role === role))
        complain(path, `${name} is not a ${role} of nets`);
    };
    for (const [pack, { detector, classifiers }] of Object.entries(packs)) {
      needs(['packs', pack, 'detector'], detector, 'detector');
      classifiers.forEach((name, i) => {
        needs(['packs', pack, 'classifiers', i], name, 'classifier');
      });
    }
    nets.forEach((net, i) => {
      for (const output of outputsRead(net)) {
        if (!(output in net.source.outputs))
          complain(['nets', i, 'source', 'outputs'], `${output} is read but not kept`);
      }
    });
  });

function outputsRead(net: NetSpec): string[] {
  if (net.role === 'detector') return Object.values(net.outputs);
  return [net.gender, net.age].flatMap((head) => head?.output ?? []);
}

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
export type DetectorSpec = Readonly<z.infer<typeof detectorSchema>>;
export type ClassifierSpec = Readonly<z.infer<typeof classifierSchema>>;
export type NetSpec = DetectorSpec | ClassifierSpec;
export type NetSource = Readonly<z.infer<typeof sourceSchema>>;
export type FileContent = Readonly<{ bytes: number; sha256: string }>;
export type GenderCalibration = Readonly<z.infer<typeof genderCalibrationSchema>>;
export type AgeCalibration = Readonly<z.infer<typeof ageCalibrationSchema>>;
