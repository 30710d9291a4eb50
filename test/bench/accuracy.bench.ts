// npm run bench:accuracy [-- --only PART…] [--pack NAME…] [--quick] [--write]: how right the packs are; asserts nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { ModelError } from '../../src/models/model-error.ts';
import { sharedPath } from '../support/shared.ts';
import { measureDetection } from './accuracy/detection-figures.ts';
import { detectionReport } from './accuracy/detection-report.ts';
import { facesReport, type PackFigures } from './accuracy/face-report.ts';
import { filmsReport, measureFilms } from './accuracy/film-figures.ts';
import { withGatheredModels } from './accuracy/gather-models.ts';
import { type LabelledFace, readLabelledFaces } from './accuracy/labelled-faces.ts';
import { calibrationFrom, measureFaces } from './accuracy/measure-faces.ts';
import { describeAttention, measureAttention } from './attention.bench.ts';
import { describePosters, measurePosters } from './poster.bench.ts';

const PARTS = ['pictures', 'detection', 'films', 'attention', 'posters'];

const { quick, pack, only, write } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    pack: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true, default: PARTS },
    write: { type: 'boolean', default: false },
  },
}).values;

const folder = sharedPath('faces');
const faces = folder === null ? null : readLabelledFaces(folder);
if (faces === null) console.log('pictures and detection are left out: the labelled faces are not there');
await withGatheredModels(async (models) => {
  if (faces !== null && only.includes('pictures')) await measurePictures(faces, models);
  if (faces !== null && only.includes('detection'))
    console.log(['', ...detectionReport(await measureDetection(models, faces, quick))].join('\n'));
});
if (only.includes('films')) console.log(`\n${filmsReport(await measureFilms('default'))}`);
if (only.includes('attention')) console.log(`\n${describeAttention(await measureAttention())}`);
if (only.includes('posters')) console.log(`\n${describePosters(await measurePosters())}`);
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
