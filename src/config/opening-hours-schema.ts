// Defines when the screen has an audience: outside of these hours the camera is off.
import { z } from 'zod';
import { DAYS } from '../targeting/local-time.ts';
import { clockTime } from './clock-time.ts';

export const openingHoursSchema = z
  .array(
    z
      .strictObject({
        days: z
          .array(z.enum(DAYS))
          .min(1)
          .max(7)
          .default([...DAYS])
          .describe('Days of the week: mon tue wed thu fri sat sun.'),
        from: clockTime.describe('First minute, such as 08:00.'),
        to: clockTime.describe('End, such as 20:00; one before the start lies on the next day.'),
      })
      .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from the start' }),
  )
  .min(1)
  .max(50)
  .nullable()
  .default(null)
  .describe('When the audience is measured, in the time zone of timezone; null for always.');

export type OpeningHours = z.infer<typeof openingHoursSchema>;
