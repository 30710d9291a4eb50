// Defines where the files of a net come from: an npm package that is there after set-up, addresses to pull from, or an operator.
import { z } from 'zod';

export const fileContent = {
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
};
export const fileName = z.string().regex(/^[\w][\w.-]*$/, 'must be a plain file name');

const packagePath = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'must be a path inside the package');
const sourceFileSchema = z.strictObject({ path: packagePath, ...fileContent });
const npmPackage = { package: z.string().min(1), version: z.string().min(1) };
const outputs = z
  .record(z.string().min(1), z.string().min(1))
  .describe('Tensors that the prepared net keeps: its name for each → the name in the source.');

export const sourceSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('tflite'), ...npmPackage, model: sourceFileSchema, outputs }),
  z.strictObject({
    format: z.literal('tfjs'),
    ...npmPackage,
    graph: sourceFileSchema,
    weights: sourceFileSchema,
    outputs,
  }),
  z.strictObject({
    format: z.literal('face-api'),
    ...npmPackage,
    weights: sourceFileSchema,
    layout: sourceFileSchema.describe('Names, shapes and quantization of the weights.'),
  }),
  z.strictObject({ format: z.literal('package'), ...npmPackage, file: sourceFileSchema }),
  z.strictObject({
    format: z.literal('download'),
    files: z
      .array(
        z.strictObject({
          name: fileName,
          ...fileContent,
          urls: z
            .array(z.url({ protocol: /^https?$/ }))
            .min(1)
            .describe('The first that answers is taken.'),
        }),
      )
      .min(1)
      .describe('Fetched by onlooker models pull.'),
  }),
  z.strictObject({ format: z.literal('own').describe('Described in a pack file of the operator.') }),
]);

type NetSource = Readonly<z.infer<typeof sourceSchema>>;
export type PackagedSource = Extract<NetSource, { package: string }>;
export type FileContent = Readonly<{ bytes: number; sha256: string }>;
