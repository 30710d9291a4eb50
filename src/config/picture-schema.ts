// Defines the section of the configuration about the picture: how it is turned, what of it may be seen, and in which light.
import { z } from 'zod';
import { alsoIncomplete } from './leaves.ts';

const ratio = z.number().min(0).max(1);
const point = z.tuple([ratio, ratio]);
const CORNERS = 'must have 3 to 64 corners';

/** Smaller, and no face in it could be found. */
const LEAST_SIDE = 0.1;
const side = z.number().min(LEAST_SIDE).max(1);

export const pictureSchema = z
  .strictObject({
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
      .describe('The part of the turned and mirrored picture that is used, in shares of it; null for all.'),
    mask: z
      .array(z.array(point).min(3, CORNERS).max(64, CORNERS))
      .min(1)
      .max(16)
      .nullable()
      .default(null)
      .describe(
        'What may be seen of it: polygons of [x, y], also in shares; pixels outside are zeroed first. Null for all.',
      ),
    flickerHz: z
      .union([z.literal(50), z.literal(60)])
      .nullable()
      .default(null)
      .describe('Frequency of the mains where lamps flicker, in Hz; null leaves it to the camera.'),
    backlight: z
      .boolean()
      .default(false)
      .describe('Whether the light comes from behind the audience, as from a window.'),
  })
  .refine(({ region, mask }) => mask?.some((polygon) => overlaps(polygon, region ?? WHOLE)) ?? true, {
    when: ({ value, issues }) =>
      alsoIncomplete.when({ value }) && !issues.some(({ path: [key] = [] }) => key === 'mask' || key === 'region'),
    path: ['mask'],
    message: 'must show something of picture.region, else nobody can be seen',
  });

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** Of what lies around the polygon: one that only passes by a corner is left to whoever draws it. */
function overlaps(polygon: readonly (readonly [number, number])[], { x, y, width, height }: typeof WHOLE): boolean {
  const across = polygon.map(([at]) => at);
  const down = polygon.map(([, at]) => at);
  return (
    Math.min(Math.max(...across), x + width) > Math.max(Math.min(...across), x) &&
    Math.min(Math.max(...down), y + height) > Math.max(Math.min(...down), y)
  );
}
