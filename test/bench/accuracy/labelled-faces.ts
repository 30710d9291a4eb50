// Reads the labelled faces and splits them: choices are made on half A, figures are reported on half B.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type LabelledFace = Readonly<{
  path: string;
  half: 'A' | 'B';
  gender: 'female' | 'male';
  bracket: Bracket;
}>;

/** Years as labelled; the last is open, and 75 stands for it. */
export type Bracket = Readonly<{ fromYears: number; toYears: number; middleYears: number }>;

const OLDEST_MIDDLE_YEARS = 75;
const OPEN_TO_YEARS = 100;

/** `folder` holds labels.csv with the columns file, age and gender first. */
export function readLabelledFaces(folder: string): readonly LabelledFace[] {
  const [, ...lines] = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [file = '', age = '', gender] = line.split(',');
    return {
      path: join(folder, file),
      half: halfOf(file),
      gender: gender === 'F' ? 'female' : 'male',
      bracket: bracketOf(age),
    };
  });
}

export function isAdult({ bracket }: LabelledFace): boolean {
  return bracket.fromYears >= 20;
}

/** By the name alone, so that neither the order nor a new picture moves one from half to half. */
function halfOf(file: string): 'A' | 'B' {
  return (createHash('sha256').update(file).digest()[0] ?? 0) % 2 === 0 ? 'A' : 'B';
}

function bracketOf(label: string): Bracket {
  const [from, to] = label.split(/[-+]/).map(Number);
  const fromYears = from ?? 0;
  if (label.endsWith('+')) return { fromYears, toYears: OPEN_TO_YEARS, middleYears: OLDEST_MIDDLE_YEARS };
  const toYears = to ?? fromYears;
  return { fromYears, toYears, middleYears: (fromYears + toYears + 1) / 2 };
}
