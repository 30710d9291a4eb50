// Prints what the detectors find: one table of recall, one of false boxes and milliseconds.
import type { DetectionFigures } from './detection-figures.ts';
import type { DetectorFigures } from './measure-detector.ts';
import type { Share } from './statistics.ts';

const NOTE = [
  'Faces of half B, pasted with soft edges into 640×360 frames of the films without faces; the width is that of the face.',
  "A face is found when a box of half to twice its width covers its middle, from the confidence on that starts a pack's track.",
  'Checked: each box had to pass one zoom check. The sensor asks for three of five, in one track, and counts fewer mistakes.',
  'In the films people show their backs; three times a profile shows for about a second, and a box on it counts as false.',
  'Milliseconds on one thread, the median of the quickest 15 frames in a row; those of a check are added for each box.',
];

export function detectionReport({ widths, films, detectors, skipped }: DetectionFigures): readonly string[] {
  const allFrames = films.reduce((sum, { frames }) => sum + frames, 0);
  return [
    'detectors',
    ...NOTE.map((line) => `  ${line}`),
    ...skipped.map((reason) => `  left out: ${reason}`),
    '',
    row(
      'recall in %, by width of the face',
      widths.map(({ widthPx }) => `${widthPx} px`),
    ),
    row(
      '  faces',
      widths.map(({ faces }) => String(faces)),
    ),
    ...detectors.flatMap((one) =>
      variants(one).map(({ name, of }) =>
        row(
          `  ${name}`,
          one.recall.map((share) => shareText(share[of])),
        ),
      ),
    ),
    '',
    row('boxes per 100 frames without a face', [...films.map(({ name }) => shortName(name)), 'all', 'ms']),
    row('  frames', [...films.map(({ frames }) => frames), allFrames].map(String)),
    ...detectors.flatMap((one) =>
      variants(one).map(({ name, of }) => {
        const boxes = one.falseBoxes.map((counted) => counted[of] ?? 0);
        const perHundred = boxes.map((count, index) => per100(count, films[index]?.frames ?? 0));
        const all = boxes.reduce((sum, count) => sum + count, 0);
        return row(`  ${name}`, [...perHundred, per100(all, allFrames), timeText(one, of)]);
      }),
    ),
  ];
}

type Variant = Readonly<{ name: string; of: 'found' | 'confirmed' }>;

function variants({ net, farWidth, startConfidence, checkMs }: DetectorFigures): readonly Variant[] {
  const name = `${net}, ${farWidth} wide, from ${startConfidence}`;
  const plain: Variant = { name, of: 'found' };
  return checkMs === null ? [plain] : [plain, { name: `${net}, ${farWidth} wide, checked`, of: 'confirmed' }];
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(36)}${cells.map((cell) => cell.padStart(14)).join('')}`.trimEnd();
}

function shareText(share: Share | null): string {
  if (share === null) return '–';
  const [middle, low, high] = [share.share, share.low, share.high].map((ratio) => (100 * ratio).toFixed(0));
  return `${middle} (${low}–${high})`;
}

function per100(count: number, frames: number): string {
  return frames === 0 ? '–' : ((100 * count) / frames).toFixed(1);
}

function timeText({ frameMs, checkMs }: DetectorFigures, of: Variant['of']): string {
  return of === 'found' || checkMs === null ? frameMs.toFixed(0) : `${frameMs.toFixed(0)} + ${checkMs.toFixed(0)}`;
}

function shortName(film: string): string {
  return film.replace(/-(person-)?detection.*/, '');
}
