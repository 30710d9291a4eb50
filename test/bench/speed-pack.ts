// Writes a pack of the nets that the classic loop uses, so that ours runs with the same: the SSD, and stand-ins for Levi-Hassner.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_PATH } from '../../src/daemon/installation.ts';
import { netNamed, readManifest } from '../../src/models/manifest.ts';
import { PREPARED_MODELS } from '../../src/models/repair.ts';
import { withoutSsdPadding } from '../../src/models/ssd-padding.ts';
import { writeLeviHassnerTwin } from '../support/levi-hassner-twin.ts';
import { sharedPath } from '../support/shared.ts';

export type SpeedPack = Readonly<{
  packFile: string;
  /** As published, which is how the classic loop runs it. */
  detector: Readonly<{ weights: string; definition: string }>;
  age: Readonly<{ weights: string; definition: string }>;
  gender: Readonly<{ weights: string; definition: string }>;
}>;

const WEIGHTS = 'opencv_face_detector_uint8.pb';
const GRAPH = 'opencv_face_detector.pbtxt';
const MENDED_GRAPH = 'opencv_face_detector-mended.pbtxt';

/** Null where the SSD is not: `onlooker models pull` brings it. */
export function writeSpeedPack(folder: string): SpeedPack | null {
  const [weights, graph] = [found(WEIGHTS), found(GRAPH)];
  if (weights === null || graph === null) return null;
  copyFileSync(weights, join(folder, WEIGHTS));
  writeFileSync(join(folder, MENDED_GRAPH), withoutSsdPadding(readFileSync(graph, 'utf8')));
  writeLeviHassnerTwin(folder, 'age');
  writeLeviHassnerTwin(folder, 'gender');
  const packFile = join(folder, 'same-nets.json');
  writeFileSync(packFile, JSON.stringify(packOf()));
  const caffe = (name: string) => ({
    weights: join(folder, `${name}.caffemodel`),
    definition: join(folder, `${name}.prototxt`),
  });
  return { packFile, detector: { weights, definition: graph }, age: caffe('age_net'), gender: caffe('gender_net') };
}

function found(name: string): string | null {
  const pulled = join(PREPARED_MODELS, name);
  return existsSync(pulled) ? pulled : sharedPath('models', name);
}

/** The nets of the manifest under other names, with whatever weights lie beside the pack. */
function packOf() {
  const manifest = readManifest(MANIFEST_PATH);
  const own = (name: string) => {
    const { source: _, files, ...rest } = netNamed(manifest, name);
    const named = Object.entries(files).map(([part, file]) =>
      typeof file === 'string' ? [part, file] : [part, { name: file.name }],
    );
    return { ...rest, name: `same-${name}`, files: Object.fromEntries(named) };
  };
  return {
    version: 1,
    nets: ['res10-ssd', 'levi-hassner-age', 'levi-hassner-gender'].map(own),
    pack: {
      description: 'The nets of the classic loop.',
      detector: 'same-res10-ssd',
      classifiers: [
        { net: 'same-levi-hassner-age', answers: ['age'] },
        { net: 'same-levi-hassner-gender', answers: ['gender'] },
      ],
    },
  };
}
