// Fetches one file as the process of a test that is killed while it does: node fetching-child.ts PATH FILE-AS-JSON.
import { z } from 'zod';
import { fetchFile } from '../../../src/models/pull/fetch-file.ts';
import { openWeb } from '../../../src/models/pull/web.ts';

const [path = '', json = ''] = process.argv.slice(2);
const file = z
  .object({ name: z.string(), bytes: z.number(), sha256: z.string(), urls: z.array(z.string()) })
  .parse(JSON.parse(json));
await fetchFile(file, path, {
  web: openWeb(30_000),
  onReceived: () => undefined,
  onTrouble: () => undefined,
});
