// npm run bench:accuracy [-- --pack NAME… | --write | --quick | --json]: how right the packs are; asserts nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MANIFEST_PATH, PREPARED_MODELS } from '../../src/daemon/installation.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { sharedPath } from '../support/shared.ts';
import { facesReport } from './accuracy/face-report.ts';
import { readLabelledFaces } from './accuracy/labelled-faces.ts';
import { calibrationFrom, measureFaces } from './accuracy/measure-faces.ts';

const { values } = parseArgs({
  options: {
    pack: { type: 'string', multiple: true },
    models: { type: 'string', default: PREPARED_MODELS },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const folder = sharedPath('faces');
if (folder === null) {
  console.log('skipped: the labelled faces are not there');
  process.exit();
}
const faces = readLabelledFaces(folder);
const figures = [];
for (const pack of values.pack ?? packsThatAnswer()) figures.push(await measureFaces(pack, values.models, faces));
console.log(values.json ? JSON.stringify(figures, null, 2) : facesReport(figures));
if (values.write) {
  const manifest = JSON.parse(readFileSync(MANIFEST_PATH, 'utf8'));
  for (const one of figures) manifest.packs[one.pack].calibration = calibrationFrom(one, faces);
  writeFileSync(MANIFEST_PATH, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log('The calibrations are written into models/manifest.json; npm run fix puts it in order.');
}
process.exit();

function packsThatAnswer(): string[] {
  return Object.entries(readManifest(MANIFEST_PATH).packs).flatMap(([name, { classifiers }]) =>
    classifiers.length > 0 ? [name] : [],
  );
}
