// Opens detectors in the widths in which they are measured.
import { MANIFEST_PATH } from '../../../src/daemon/installation.ts';
import { readManifest } from '../../../src/models/manifest.ts';
import { ModelError } from '../../../src/models/model-error.ts';
import type { DetectorSpec } from '../../../src/models/net-schema.ts';
import { type VerifiedNet, verifiedNet } from '../../../src/models/verify.ts';
import type { Detector, FrameSize } from '../../../src/sensor/detect/detector.ts';
import { openDetector } from '../../../src/sensor/detect/open-detector.ts';

export type OpenedDetector = Readonly<{ spec: DetectorSpec; farWidth: number; detector: Detector }>;

/** A wider picture costs time and shows smaller faces: that detector runs at these widths, too. */
const OTHER_WIDTHS = { 'full-range': [320, 640] };

/** Those of which a file is missing in `folder` are skipped, with the reason. */
export function openDetectors(
  names: readonly string[],
  folder: string,
  frame: FrameSize,
): Readonly<{ opened: readonly OpenedDetector[]; skipped: readonly string[] }> {
  const opened: OpenedDetector[] = [];
  const skipped: string[] = [];
  for (const name of names) {
    try {
      const net = detectorNamed(name, folder);
      for (const farWidth of widthsOf(net.spec)) {
        opened.push({
          spec: net.spec,
          farWidth,
          detector: openDetector(net, frame, { farWidth, minConfidence: net.spec.thresholds.start }),
        });
      }
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      skipped.push(`${name}: ${error.message}`);
    }
  }
  return { opened, skipped };
}

function detectorNamed(name: string, folder: string): VerifiedNet<DetectorSpec> {
  const spec = readManifest(MANIFEST_PATH).nets.find((net) => net.name === name);
  if (spec?.role !== 'detector') throw new Error(`the manifest has no detector ${name}`);
  return verifiedNet(spec, folder);
}

function widthsOf({ decoder, far }: DetectorSpec): readonly number[] {
  const others = decoder === 'full-range' ? OTHER_WIDTHS[decoder] : [];
  return [...new Set([far.width, ...others])].sort((a, b) => a - b);
}
