// Defines what several sections of the configuration have in common.
import { z } from 'zod';

export const path = z.string().min(1).nullable().default(null);
export const port = z.number().int().min(0).max(65_535);

/** Rules between keys are checked also where another key is wrong, so that one run lists every problem. */
export const alsoIncomplete = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
};
