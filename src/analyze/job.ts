// Defines what the program is told by the command line: one JSON document.
import { z } from 'zod';

/** Throws a ZodError for a document that the command line cannot have written. */
export function readJob(json: string): Job {
  return jobSchema.parse(JSON.parse(json));
}

const jobSchema = z.strictObject({
  inputs: z.array(z.string().min(1)),
  camera: z.string().nullable(),
  forMs: z.number().positive().nullable().describe('It ends so long after the first picture or film began to be read.'),
  config: z.string().nullable(),
  pack: z.string().nullable().describe('Name of a pack, or path of a pack file.'),
  models: z.string().nullable(),
  reference: z.boolean(),
  out: z.string().nullable(),
  format: z.enum(['text', 'json', 'csv']),
  show: z.boolean(),
  confidence: z.number().min(0).max(1).nullable(),
});

export type Job = Readonly<z.infer<typeof jobSchema>>;
