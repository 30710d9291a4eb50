// The fields that several payloads share.
import * as z from 'zod';

export const instant = z.iso
  .datetime({ offset: true, error: 'must be a date and time as in 2026-03-14T09:26:00Z or 2026-03-14T10:26:00+01:00' })
  .describe('Date and time, RFC 3339.');
export const count = z.number().int().min(0);
export const seconds = z.number().min(0);
export const ratio = z.number().min(0).max(1);

/** A list of words that may grow within `v1`: whoever reads a word that he does not know takes it for one of a newer version. */
export function openWords<const Words extends readonly string[]>(words: Words) {
  return z.union([z.enum(words), z.string()]);
}

export const session = z
  .string()
  .describe(
    'One run of the daemon; the same in every payload of that run, but that events of a replay name the run that was recorded.',
  );
export const at = instant.describe(
  'When it was published, by the clock of the device; not to be compared with other clocks.',
);
