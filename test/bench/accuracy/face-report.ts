// Prints how the packs do on single pictures, each share with its 95 % interval.
import type { PackCalibration } from '../../../src/models/pack-schema.ts';
import type { FaceFigures } from './face-figures.ts';
import { type MinorsFigures, minorsLines } from './minors-figures.ts';
import type { Share } from './statistics.ts';

export type PackFigures = Readonly<{
  pack: string;
  detectMs: number;
  classifyMs: number;
  /** The least confidence at which 85 % of the adults of half A get an answer. */
  genderFloor: number;
  calibration: Pick<PackCalibration, 'gender' | 'age'>;
  /** With the calibration as it stands in the manifest. */
  halfA: FaceFigures;
  halfB: FaceFigures;
  /** Half B with the calibration that half A asks for today. */
  refitted: FaceFigures;
  /** Null where no net answers the age. */
  minorsOfA: MinorsFigures | null;
  minorsOfB: MinorsFigures | null;
}>;

const NOTE = [
  'Half A and half B are split by a hash of the file name: choices are made on A, figures count on B.',
  'The margin of the crops, the threshold of faceres and the knots of its age had seen both halves before.',
  "The classes of the labels are not those of the last two rows: a class counts as right when it overlaps the label's bracket.",
];

export function facesReport(figures: readonly PackFigures[]): string {
  return ['single pictures, one face each', ...NOTE.map((line) => `  ${line}`), ...figures.flatMap(packLines)].join(
    '\n',
  );
}

function packLines({
  pack,
  detectMs,
  classifyMs,
  calibration,
  genderFloor,
  halfA,
  halfB,
  refitted,
  minorsOfA,
  minorsOfB,
}: PackFigures): string[] {
  const { gender, age } = calibration;
  return [
    '',
    `pack ${pack}: ${detectMs.toFixed(0)} ms to find and ${classifyMs.toFixed(0)} ms to classify a face`,
    `  half A asks for: gender ${gender === null ? 'none' : `scale ${gender.scale}, offset ${gender.offset}`}; age ${age === null ? 'none' : `temperature ${age.temperature}`}`,
    `  a gender floor of ${genderFloor.toFixed(2)} would leave 85 % of its adults an answer`,
    `  ${''.padEnd(48)}${['half A', 'half B', 'B, fitted anew'].map((head) => head.padEnd(22)).join('')}goal`,
    ...rows([halfA, halfB, refitted]),
    ...(minorsOfA === null ? [] : minorsLines('half A', minorsOfA)),
    ...(minorsOfB === null ? [] : minorsLines('half B', minorsOfB)),
  ];
}

function rows(columns: readonly FaceFigures[]): string[] {
  const row = (label: string, cell: (figures: FaceFigures) => string, goal = '') =>
    `  ${label.padEnd(48)}${columns.map((figures) => cell(figures).padEnd(22)).join('')}${goal}`.trimEnd();
  return [
    row('faces found', ({ found }) => text(found)),
    row('other boxes', ({ falseBoxes }) => String(falseBoxes)),
    ...(columns.some(({ gender }) => gender === null)
      ? []
      : [
          row('gender of adults, forced, mean of both recalls', ({ gender }) => text(gender?.forced), '≥ 87 %'),
          row('  women', ({ gender }) => text(gender?.women)),
          row('  men', ({ gender }) => text(gender?.men)),
          row('  right, of the answers given', ({ gender }) => text(gender?.right), '≥ 93 %'),
          row('  answers given', ({ gender }) => text(gender?.given), '≥ 80 %'),
          row('  expected calibration error', ({ gender }) => percent(gender?.calibrationError)),
        ]),
    ...(columns.some(({ age }) => age === null)
      ? []
      : [
          row('age, mean absolute error', ({ age }) => yearsText(age?.absoluteErrorYears), '≤ 6.5 years'),
          row('  four groups, brackets within one', ({ age }) => text(age?.group)),
          row('  expected calibration error (brackets)', ({ age }) => percent(age?.calibrationError)),
          row('  eight classes, exact', ({ age }) => text(age?.exactClass), 'published: 50.7 %'),
          row('  eight classes, or the next', ({ age }) => text(age?.classOrNeighbor), 'published: 84.7 %'),
        ]),
  ];
}

function text(share: Share | undefined): string {
  if (share === undefined) return '–';
  return `${percent(share.share)} (${percent(share.low)}–${percent(share.high)})`;
}

function percent(ratio: number | undefined): string {
  return ratio === undefined ? '–' : (ratio * 100).toFixed(1);
}

function yearsText(years: Readonly<{ mean: number; low: number; high: number }> | undefined): string {
  return years === undefined ? '–' : `${years.mean.toFixed(2)} (${years.low.toFixed(1)}–${years.high.toFixed(1)})`;
}
