// Defines a pack: the detector, the classifiers with the questions each answers, and how far their answers can be believed.
import { z } from 'zod';
import type { ClassifierSpec, DetectorSpec } from './net-schema.ts';

const countsSchema = z
  .record(z.string(), z.record(z.string(), z.number().int().min(0)))
  .describe('Faces counted: truth → answer given, "unknown" among the answers.');

const calibrationSchema = z
  .strictObject({
    measuredOn: z
      .string()
      .min(1)
      .describe('The faces on which the numbers were fitted, and those that confirmed them.'),
    gender: z
      .strictObject({ scale: z.number().positive(), offset: z.number() })
      .describe('The log-odds of male become scale · log-odds + offset, so that 0.5 is the point of decision.')
      .nullable(),
    age: z
      .strictObject({ temperature: z.number().positive() })
      .describe(
        'How much wider the age is than the nets say: standard deviations by it, log-probabilities divided by it.',
      )
      .nullable(),
    confusion: z.strictObject({ gender: countsSchema, ageGroup: countsSchema }).nullable(),
  })
  .describe('Fitted by npm run bench:accuracy.');

export const packSchema = z.strictObject({
  description: z.string().min(1),
  detector: z.string(),
  classifiers: z.array(z.strictObject({ net: z.string(), answers: z.array(z.enum(['age', 'gender'])).min(1) })),
  calibration: calibrationSchema.nullable().default(null).describe('Null: what the nets say is taken as it is.'),
});

/** As written: nets are named. */
export type WrittenPack = Readonly<z.infer<typeof packSchema>>;
export type PackCalibration = Readonly<z.infer<typeof calibrationSchema>>;

/** As read: each name is replaced by the net. */
export type PackSpec = Readonly<{
  name: string;
  description: string;
  detector: DetectorSpec;
  classifiers: readonly Readonly<{ net: ClassifierSpec; answers: readonly ('age' | 'gender')[] }>[];
  calibration: PackCalibration | null;
}>;
