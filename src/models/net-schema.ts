// Defines what the manifest says of one net: its files, where they come from, what they may be used for, how it is fed and read.
import { z } from 'zod';
import { sourceSchema } from './source-schema.ts';

const ratio = z.number().min(0).max(1);
const pixels = z.number().int().positive();
const index = z.number().int().min(0);

/** `file` is how a model file is named: in the manifest with its content, in an operator's pack by a path. */
export function netSchemaWith<File extends z.ZodType<NetFile>>(file: File) {
  const files = z.discriminatedUnion('format', [
    z.strictObject({ format: z.literal('onnx'), weights: file }),
    z.strictObject({ format: z.literal('caffe'), weights: file, definition: file }),
    z.strictObject({ format: z.literal('tensorflow'), weights: file, definition: file }),
  ]);
  const cascade = z.strictObject({ format: z.literal('cascade'), weights: file });
  const classifierSchema = z.strictObject({
    ...common,
    role: z.literal('classifier'),
    files,
    geometry: z.strictObject({
      width: pixels,
      height: pixels,
      marginRatio: z.number().min(-0.4).max(2).describe('Added on each side of the square around the detector’s box.'),
      mirrored: z.boolean().default(false).describe('Whether the mirrored crop is asked, too, and both are averaged.'),
    }),
    gender: genderHeadSchema.nullable(),
    age: ageHeadSchema.nullable(),
  });
  const detectorSchema = z.discriminatedUnion('decoder', [
    z.strictObject({ ...detectorCommon, ...fullRangeTraits, files }),
    z.strictObject({ ...detectorCommon, ...ssdTraits, files }),
    z.strictObject({ ...detectorCommon, ...yunetTraits, files }),
    z.strictObject({ ...detectorCommon, ...haarTraits, files: cascade }),
  ]);
  return z.discriminatedUnion('role', [detectorSchema, classifierSchema]);
}

/** Whether a detector gives points of the face, and can look again from near. */
export function traitsOf({ decoder }: DetectorSpec): Readonly<{ keypoints: boolean; zoomCheck: boolean }> {
  return { keypoints: decoder === 'full-range' || decoder === 'yunet', zoomCheck: decoder === 'full-range' };
}

/** A model file with the content that it must have. */
export type NetFile = Readonly<{ name: string; bytes: number; sha256: string }>;

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
  name: z.string().regex(/^[\w][\w.-]*$/, 'must be a plain name'),
  description: z.string().min(1),
  source: sourceSchema.default({ format: 'own' }),
  license: licenseSchema.default({
    name: 'not stated',
    commercialUse: 'unclear',
    reason: 'Whoever described the net did not state its license.',
  }),
  input: inputSchema,
};

const detectorCommon = {
  ...common,
  role: z.literal('detector'),
  far: z.strictObject({ width: pixels }).describe('Width of the picture that the net is shown, unless configured.'),
  thresholds: z.strictObject({
    start: ratio.describe('Confidence that starts a track.'),
    continue: ratio.describe('Confidence that continues a track.'),
    overlap: ratio.describe('IoU from which the weaker of two boxes is dropped.'),
  }),
};

const fullRangeTraits = {
  decoder: z.literal('full-range').describe('Per cell of a grid a score, a box and six points.'),
  outputs: z.strictObject({ scores: z.string(), boxes: z.string() }),
  geometry: z.strictObject({
    multipleOf: pixels.describe('Width and height of every input are multiples of it.'),
    cellPixels: pixels.describe('Net pixels per cell of the outputs.'),
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
};

const ssdTraits = {
  decoder: z.literal('ssd').describe('A list of boxes with a confidence each, already suppressed.'),
  output: z.string(),
  geometry: z.strictObject({
    height: pixels.describe('Height of the input.'),
    keepAspect: z.boolean().describe('Whether its width follows the picture, or is the height.'),
  }),
};

const yunetTraits = {
  decoder: z.literal('yunet').describe('Offsets from priors of four sizes, with five points.'),
  outputs: z.strictObject({ loc: z.string(), conf: z.string(), iou: z.string() }),
  geometry: z.strictObject({ multipleOf: pixels.describe('Width and height of every input are multiples of it.') }),
};

const haarTraits = {
  decoder: z.literal('haar').describe('A cascade that slides over the gray picture in several sizes.'),
  geometry: z.strictObject({
    scaleFactor: z.number().gt(1).max(2).describe('From one size of the picture to the next.'),
    minNeighbors: z.number().int().min(0).describe('Hits that must agree on a face.'),
  }),
};

const genderHeadSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('male').describe('One number, P(male).'), output: z.string() }),
  z.strictObject({
    kind: z.literal('classes').describe('Probabilities; where in them the two genders stand.'),
    output: z.string(),
    female: index,
    male: index,
  }),
]);

const knotsSchema = z
  .array(z.strictObject({ rawYears: z.number(), years: z.number() }))
  .min(2)
  .refine((knots) => knots.every(({ rawYears }, i) => rawYears > (knots[i - 1]?.rawYears ?? -1)), 'must ascend')
  .describe('Maps what the net says to years, linear between the knots.');
const sdYears = z.number().positive().describe('Standard deviation of the estimate.');

const ageHeadSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('years-classes').describe('A probability for each year; their mean is taken.'),
    output: z.string(),
    firstClassYears: z.number().describe('Age that the first class stands for; each further class is a year more.'),
    knots: knotsSchema.nullable(),
    sdYears,
  }),
  z.strictObject({
    kind: z.literal('years').describe('One number.'),
    output: z.string(),
    index,
    factor: z.number().positive().describe('Years per unit of the number.'),
    knots: knotsSchema.nullable(),
    sdYears,
  }),
  z.strictObject({
    kind: z.literal('classes').describe('A probability for each range of years.'),
    output: z.string(),
    classes: z.array(z.strictObject({ fromYears: z.number().min(0), toYears: z.number() })).min(2),
  }),
]);

export type NetSpec = z.output<ReturnType<typeof netSchemaWith<z.ZodType<NetFile>>>>;
export type DetectorSpec = Extract<NetSpec, { role: 'detector' }>;
/** A cascade is trained, and described as the nets are, but it has no layers. */
export type NeuralSpec = Exclude<NetSpec, HaarSpec>;
export type ClassifierSpec = Extract<NetSpec, { role: 'classifier' }>;
export type FullRangeSpec = Extract<DetectorSpec, { decoder: 'full-range' }>;
export type SsdSpec = Extract<DetectorSpec, { decoder: 'ssd' }>;
export type YunetSpec = Extract<DetectorSpec, { decoder: 'yunet' }>;
export type HaarSpec = Extract<DetectorSpec, { decoder: 'haar' }>;
export type GenderHead = Readonly<z.infer<typeof genderHeadSchema>>;
export type AgeHead = Readonly<z.infer<typeof ageHeadSchema>>;
export type Knots = Readonly<z.infer<typeof knotsSchema>>;
