// What the program that takes photographs is told, as the one argument that it gets.
import { z } from 'zod';

/** In the order in which they are looked for: where raspistill is, the camera belongs to the legacy stack. */
export const STILL_PROGRAMS = ['raspistill', 'rpicam-still', 'libcamera-still'] as const;

const photographOptionsSchema = z.strictObject({
  program: z.enum(STILL_PROGRAMS),
  /** Of the camera. */
  index: z.number().int().min(0),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** At least, from one photograph to the next. */
  periodMs: z.number().positive(),
  flickerHz: z.union([z.literal(50), z.literal(60)]).nullable(),
  backlight: z.boolean(),
});

export type PhotographOptions = Readonly<z.infer<typeof photographOptionsSchema>>;
export type StillProgram = PhotographOptions['program'];

export function readPhotographOptions(argument: string | undefined): PhotographOptions {
  return photographOptionsSchema.parse(JSON.parse(argument ?? 'null'));
}
