// Defines the section of the configuration about the picture: how it is turned, what of it may be seen, and in which light.
import { z } from 'zod';

const ratio = z.number().min(0).max(1);
const point = z.tuple([ratio, ratio]);
const CORNERS = 'must have 3 to 64 corners';

/** Smaller, and no face in it could be found. */
const LEAST_SIDE = 0.1;
const side = z.number().min(LEAST_SIDE).max(1);

export const pictureSchema = z.strictObject({
  mirror: z.boolean().default(false).describe('Whether left and right are exchanged, after the turn.'),
  rotateDegrees: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .default(0)
    .describe('How far the picture is turned clockwise to be upright.'),
  region: z
    .strictObject({
      x: ratio.describe('Left edge.'),
      y: ratio.describe('Top edge.'),
      width: side.describe('Width.'),
      height: side.describe('Height.'),
    })
    .refine(({ x, width }) => x + width <= 1, {
      path: ['width'],
      message: 'must end within the picture: x + width ≤ 1',
    })
    .refine(({ y, height }) => y + height <= 1, {
      path: ['height'],
      message: 'must end within the picture: y + height ≤ 1',
    })
    .nullable()
    .default(null)
    .describe('The part of the upright picture that is used, as shares from 0 to 1; null for all of it.'),
  mask: z
    .array(z.array(point).min(3, CORNERS).max(64, CORNERS))
    .min(1)
    .max(16)
    .nullable()
    .default(null)
    .describe(
      'What may be seen: polygons of [x, y], shares from 0 to 1; pixels outside are zeroed first. Null for all.',
    ),
  flickerHz: z
    .union([z.literal(50), z.literal(60)])
    .nullable()
    .default(null)
    .describe('Frequency of the mains where lamps flicker, in Hz; null leaves it to the camera.'),
  backlight: z.boolean().default(false).describe('Whether the light comes from behind the audience, as from a window.'),
});
