// Defines the section of the configuration about the server for browsers on this machine.
import { z } from 'zod';
import { port } from './leaves.ts';

export const httpSchema = z.strictObject({
  port: port
    .nullable()
    .default(null)
    .describe('Port of the demo player, at /player for this machine only; 0 for any free one, null for none.'),
});
