// Defines what crosses from the sensor to the daemon and what a recording holds: numbers about faces, never pixels.
import { z } from 'zod';
import { noticeSchema, PICTURE_FAULTS } from './fault.ts';

const at = z.number().describe('Milliseconds of the clock named in the header.');
const ratio = z.number().min(0).max(1);
const point = z.object({ x: z.number(), y: z.number() });

const boxSchema = z.object({
  x: z.number().describe('Left edge in pixels of the frame; may lie outside it.'),
  y: z.number().describe('Top edge in pixels of the frame.'),
  width: z.number().positive(),
  height: z.number().positive(),
});

/** Right and left are the person's own. */
const keypointsSchema = z.object({ rightEye: point, leftEye: point, nose: point, mouth: point });

/** Age as a distribution over years: a normal for nets that give one number, class probabilities for the others. */
const ageDistributionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('normal'), meanYears: z.number(), sdYears: z.number().positive() }),
  z.object({
    kind: z.literal('classes'),
    classes: z.array(z.object({ fromYears: z.number(), toYears: z.number(), probability: ratio })).min(1),
  }),
]);

const genderDistributionSchema = z.object({ female: ratio, male: ratio });

const faceSchema = z.object({
  box: boxSchema,
  confidence: ratio,
  keypoints: keypointsSchema.nullable(),
  zoom: ratio.nullable().describe('Result of the zoom check made in this frame; null when none was made.'),
  attending: z.boolean(),
  changeRatio: ratio.nullable().describe('How much the crop changed since the last detection of the same track.'),
  track: z.number().int().nullable().describe('Null for a detection that was too weak to start a track.'),
});

const lookSchema = z.object({
  seq: z.number().int(),
  face: z.number().int().min(0).describe('Index into the faces of the observation that carries the look.'),
  at,
  age: ageDistributionSchema.nullable(),
  gender: genderDistributionSchema.nullable(),
  quality: ratio.describe('Weight of the look, from the size, sharpness and pose of the crop.'),
});

const cameraSchema = z.object({
  state: z
    .enum(['ok', 'suspect', ...PICTURE_FAULTS])
    .describe('Suspect: a fault that has not lasted long enough to be told; such time is not counted as healthy.'),
  notices: z.array(noticeSchema).readonly().default([]).describe('What somebody should know though all is counted.'),
  luma: z.number().describe('Mean brightness of the frame, 0 to 255.'),
  lumaDeviation: z.number().describe('Standard deviation of the brightness, 0 to 255.'),
  sharpness: z.number().describe('Mean absolute difference of neighboring pixels of the brightness, 0 to 255.'),
  framesDropped: z
    .number()
    .int()
    .describe('Frames dropped since the start: a newer one had arrived, or a net failed on it.'),
});

export const observationSchema = z.object({
  at,
  seq: z.number().int(),
  detected: z.boolean().describe('False when the gate skipped the detection and the last faces were carried forward.'),
  faces: z.array(faceSchema),
  looks: z.array(lookSchema),
  camera: cameraSchema,
});

/** Opens every stream of observations; only the daemon uses it to map `at` to wall time. */
export const headerSchema = z.object({
  version: z.literal(1),
  session: z.string().min(1),
  source: z.string().describe('Human name of the source, without credentials.'),
  clock: z.enum(['monotonic', 'media']),
  wallAtZero: z.number().describe('Unix time in milliseconds at `at` = 0.'),
  clockSynced: z.boolean().nullable(),
  periodMs: z.number().positive().describe('Period of the source, the reciprocal of its frame rate.'),
  frame: z.object({ width: z.number().int().positive(), height: z.number().int().positive() }),
  attentionMethod: z.enum(['yaw', 'frontal-face']),
  zoomCheck: z.boolean().describe('Whether a track has to pass zoom checks before it counts.'),
  classifiesAge: z
    .boolean()
    .default(true)
    .describe('Whether a net looks at the age; without one nobody is told from a minor.'),
  thresholds: z
    .object({ start: ratio, continue: ratio })
    .default({ start: 0.5, continue: 0.4 })
    .describe('Confidences from which a detection starts and continues a track, unless configured.'),
  live: z.boolean(),
});

export type Box = Readonly<z.infer<typeof boxSchema>>;
export type Keypoints = Readonly<z.infer<typeof keypointsSchema>>;
export type AgeDistribution = Readonly<z.infer<typeof ageDistributionSchema>>;
export type GenderDistribution = Readonly<z.infer<typeof genderDistributionSchema>>;
export type Face = Readonly<z.infer<typeof faceSchema>>;
export type Look = Readonly<z.infer<typeof lookSchema>>;
export type CameraReading = Readonly<z.infer<typeof cameraSchema>>;
export type StreamHeader = Readonly<z.infer<typeof headerSchema>>;
export type Observation = Readonly<{
  at: number;
  seq: number;
  detected: boolean;
  faces: readonly Face[];
  looks: readonly Look[];
  camera: CameraReading;
}>;
