// Defines how small a number of people is withheld.
import { z } from 'zod';

export const K_BOUNDS = { least: 1, most: 100 } as const;

export const kThreshold = z.number().int().min(K_BOUNDS.least).max(K_BOUNDS.most).default(1);

export const privacySchema = z.strictObject({
  k: kThreshold.describe(
    'In rollups and statistics, an age group and gender of fewer viewers is told as unknown; 1 withholds nothing.',
  ),
});
