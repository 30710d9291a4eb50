// Writes the tables of face sizes: from distance, lens and width of the picture to pixels, and what that means for the detector.
import type { DetectorSpec } from '../models/net-schema.ts';
import { facePixelsAt, judgeFaces, type Placement, reachMeters, USUAL_FIELD_OF_VIEW, WIDTHS } from './face-size.ts';

type Decoder = DetectorSpec['decoder'];

/** Lenses, from narrow to wide. */
const LENSES: readonly (readonly [fieldOfViewDegrees: number, examples: string])[] = [
  [40, 'a lens for reading faces from farther away'],
  [54, 'Raspberry Pi camera 1 (`ov5647`)'],
  [62, 'Raspberry Pi camera 2 (`imx219`)'],
  [66, 'Raspberry Pi camera 3 (`imx708`)'],
  [USUAL_FIELD_OF_VIEW, 'taken for a lens of which nothing is known, such as that of a webcam'],
  [102, 'Raspberry Pi camera 3 wide (`imx708_wide`)'],
];
const DISTANCES: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** By the name of the pack, or of the detector in it. */
const DETECTORS: readonly (readonly [decoder: Decoder, pack: string])[] = [
  ['full-range', '`default`, `count-only`, `clear-licences`'],
  ['yunet', '`yunet`'],
  ['ssd', '`ssd`'],
  ['haar', '`haar`'],
];
const DEFAULT: Decoder = 'full-range';

/** The text of docs/face-sizes.md. */
export function faceSizeDocument(): string {
  return [
    '# Face sizes',
    '',
    'This page is generated from `src/setup/face-size.ts`; do not edit it by hand. What to make of it is told in',
    '[hardware.md](hardware.md).',
    '',
    'A face is taken to be 14 cm wide, as those of adults are; those of children are narrower and have to be nearer. Its width in pixels',
    'follows from the distance, the field of view of the lens from left to right, and the width of the picture that the detector is',
    'shown. That is `detector.farWidth`, or the width of the frame where the frame is smaller.',
    '',
    '## What a detector needs',
    '',
    `| \`models.pack\` | narrowest face | reach in a picture 640 pixels wide, at ${USUAL_FIELD_OF_VIEW}° |`,
    '|---|---|---|',
    ...DETECTORS.map(([decoder, pack]) => detectorRow(decoder, pack)),
    '',
    '## How far the default detector reaches',
    '',
    'In meters, by the width of the picture that it is shown:',
    '',
    `| field of view | ${WIDTHS.join(' | ')} | lens |`,
    `|---|${'---|'.repeat(WIDTHS.length)}---|`,
    ...LENSES.map(([degrees, examples]) => reachRow(degrees, examples)),
    '',
    '## Pixels of a face, and the width that finds it',
    '',
    'Whole pixels; numbers in bold are large enough for the default detector. The last column is the smallest `detector.farWidth` of',
    'these that finds them, a dash says that none does. `source.width` has to be at least as large.',
    ...LENSES.flatMap(([degrees]) => lensTable(degrees)),
    '',
  ].join('\n');
}

function detectorRow(decoder: Decoder, pack: string): string {
  const placement = { distanceMeters: 1, fieldOfViewDegrees: USUAL_FIELD_OF_VIEW };
  const { smallestPixels } = judgeFaces(placement, decoder, 640);
  return `| ${pack} | ${smallestPixels} pixels | ${reachMeters(placement, decoder, 640).toFixed(1)} m |`;
}

function reachRow(fieldOfViewDegrees: number, examples: string): string {
  const reaches = WIDTHS.map((width) => reachMeters({ fieldOfViewDegrees }, DEFAULT, width).toFixed(1));
  return `| ${fieldOfViewDegrees}° | ${reaches.join(' | ')} | ${examples} |`;
}

function lensTable(fieldOfViewDegrees: number): readonly string[] {
  return [
    '',
    `### ${fieldOfViewDegrees}°`,
    '',
    `| distance | ${WIDTHS.map((width) => `${width} wide`).join(' | ')} | farWidth |`,
    `|---|${'---|'.repeat(WIDTHS.length)}---|`,
    ...DISTANCES.map((distanceMeters) => distanceRow({ distanceMeters, fieldOfViewDegrees })),
  ];
}

function distanceRow(placement: Placement): string {
  const cells = WIDTHS.map((width) => {
    const pixels = Math.floor(facePixelsAt(placement, width));
    return judgeFaces(placement, DEFAULT, width).kind === 'enough' ? `**${pixels}**` : String(pixels);
  });
  const enough = WIDTHS.find((width) => judgeFaces(placement, DEFAULT, width).kind === 'enough');
  return `| ${placement.distanceMeters} m | ${cells.join(' | ')} | ${enough ?? '–'} |`;
}
