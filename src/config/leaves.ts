// Defines what several sections of the configuration have in common.
import { z } from 'zod';

export const path = z.string().min(1).nullable().default(null);

/** What is safe in a topic of MQTT and in a client id. */
const TOPIC_LEVEL = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;
export const topicLevel = z
  .string()
  .max(64)
  .regex(TOPIC_LEVEL, 'must begin with a letter or digit and hold only letters, digits, ".", "_" and "-"');

export const port = z.number().int().min(0).max(65_535);

/** Rules between keys are checked also where another key is wrong, so that one run lists every problem. */
export const alsoIncomplete = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
};
