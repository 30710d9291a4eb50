// npm run bench:accuracy [-- --quick] [--pack NAME…] [--write]: how right the packs are; asserts nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { ModelError } from '../../src/models/model-error.ts';
import { sharedPath } from '../support/shared.ts';
import { DETECTION_PACKS, measureDetection } from './accuracy/detection-figures.ts';
import { detectionReport } from './accuracy/detection-report.ts';
import { facesReport, type PackFigures } from './accuracy/face-report.ts';
import { filmsReport, measureFilms } from './accuracy/film-figures.ts';
import { withGatheredModels } from './accuracy/gather-models.ts';
import { type LabelledFace, readLabelledFaces } from './accuracy/labelled-faces.ts';
import { calibrationFrom, measureFaces } from './accuracy/measure-faces.ts';
import { describeAttention, measureAttention } from './attention.bench.ts';
import { describePosters, measurePosters } from './poster.bench.ts';

const { quick, pack, write } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    pack: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
}).values;

const folder = sharedPath('faces');
if (folder === null) console.log('single pictures and detection are left out: the labelled faces are not there');
else await withGatheredModels((models) => measurePictures(readLabelledFaces(folder), models));
console.log(`\n${filmsReport(await measureFilms('default'))}`);
console.log(`\n${describeAttention(await measureAttention())}`);
if (!quick) console.log(`\n${describePosters(await measurePosters())}`);
process.exit();

async function measurePictures(faces: readonly LabelledFace[], models: string): Promise<void> {
  const figures: PackFigures[] = [];
  for (const name of pack ?? packsThatAnswer()) {
    try {
      figures.push(await measureFaces(name, models, faces));
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      console.log(`pack ${name} is left out: ${error.message}`);
    }
  }
  console.log(facesReport(figures));
  if (write) writeCalibrations(figures, faces);
  console.log(['', ...detectionReport(await measureDetection(DETECTION_PACKS, models, faces, quick))].join('\n'));
}

function packsThatAnswer(): string[] {
  return readManifest(MANIFEST_PATH).packs.flatMap(({ name, classifiers }) => (classifiers.length > 0 ? [name] : []));
}

function writeCalibrations(figures: readonly PackFigures[], faces: readonly LabelledFace[]): void {
  const manifest = JSON.parse(readFileSync(MANIFEST_PATH, 'utf8'));
  for (const one of figures) manifest.packs[one.pack].calibration = calibrationFrom(one, faces);
  writeFileSync(MANIFEST_PATH, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log('The calibrations are written into models/manifest.json; npm run fix puts it in order.');
}
