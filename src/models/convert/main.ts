// Prepares the model files of this checkout; run as node dist/models/convert/main.js at set-up.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../manifest.ts';
import { ModelError } from '../model-error.ts';
import { type PreparationStep, prepareModels } from './prepare.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const WORDS: Readonly<Record<PreparationStep['step'], string>> = {
  present: 'is ready',
  converting: 'is being converted …',
  prepared: 'is ready, converted',
};

try {
  prepareModels({
    manifest: readManifest(join(root, 'models', 'manifest.json')),
    packagesFolder: join(root, 'node_modules'),
    into: join(root, 'models', 'prepared'),
    onProgress: ({ net, step }) => process.stderr.write(`model ${net} ${WORDS[step]}\n`),
  });
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
