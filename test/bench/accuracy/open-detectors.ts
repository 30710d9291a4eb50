// Opens the detectors of packs, their files taken from the prepared models or from the shared data, whichever has them.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MANIFEST_PATH, PREPARED_MODELS } from '../../../src/daemon/installation.ts';
import { ModelError } from '../../../src/models/model-error.ts';
import type { DetectorSpec } from '../../../src/models/net-schema.ts';
import { describedPack } from '../../../src/models/pack.ts';
import { preparePulled } from '../../../src/models/prepare-pulled.ts';
import { filesOf, type VerifiedNet, verifiedNet } from '../../../src/models/verify.ts';
import type { Detector, FrameSize } from '../../../src/sensor/detect/detector.ts';
import { openDetector } from '../../../src/sensor/detect/open-detector.ts';
import { sharedPath } from '../../support/shared.ts';

export type OpenedDetector = Readonly<{ spec: DetectorSpec; farWidth: number; detector: Detector }>;

/** A wider picture costs time and shows smaller faces: that detector runs at these widths, too. */
const OTHER_WIDTHS = { 'full-range': [320, 640] };

/** Those of which a file is missing are skipped, with the reason. */
export function openDetectors(
  packs: readonly string[],
  frame: FrameSize,
): Readonly<{ opened: readonly OpenedDetector[]; skipped: readonly string[] }> {
  // OpenCV has read the files when a detector is open.
  const folder = mkdtempSync(join(tmpdir(), 'onlooker-bench-'));
  const opened: OpenedDetector[] = [];
  const skipped: string[] = [];
  try {
    for (const pack of packs) {
      try {
        const net = gatheredNet(pack, folder);
        for (const farWidth of widthsOf(net.spec)) {
          opened.push({ spec: net.spec, farWidth, detector: openDetector(net, frame, farWidth) });
        }
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        skipped.push(`detector of pack ${pack}: ${error.message}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { opened, skipped };
}

function gatheredNet(pack: string, folder: string): VerifiedNet<DetectorSpec> {
  const { spec, nets } = describedPack({ manifestPath: MANIFEST_PATH, pack, packFile: null });
  const net = nets.find(({ name }) => name === spec.detector);
  if (net?.role !== 'detector') throw new ModelError(pack, `has no detector ${spec.detector}`);
  const published = net.source.format === 'download' ? net.source.files : [];
  for (const { name } of [...filesOf(net), ...published]) {
    const prepared = join(PREPARED_MODELS, name);
    const path = existsSync(prepared) ? prepared : sharedPath('models', name);
    if (path !== null) copyFileSync(path, join(folder, name));
  }
  if (published.every(({ name }) => existsSync(join(folder, name)))) preparePulled(net, folder);
  return verifiedNet(net, folder);
}

function widthsOf({ decoder, far }: DetectorSpec): readonly number[] {
  const others = decoder === 'full-range' ? OTHER_WIDTHS[decoder] : [];
  return [...new Set([far.width, ...others])].sort((a, b) => a - b);
}
