// Counts whom the gate for minors lets pass and whom it stops, at several limits, by one good look at each labelled face.

import { minorProbability } from '../../../src/audience/age.ts';
import { addLook, fuse, NO_LOOKS } from '../../../src/audience/fuse.ts';
import { standingOf, upperBound } from '../../../src/audience/minors.ts';
import { ageOf } from '../../../src/models/pack-answer.ts';
import type { PackCalibration } from '../../../src/models/pack-schema.ts';
import type { FaceAnswer } from './face-answers.ts';
import { type Share, shareOf } from './statistics.ts';

/** The labels are brackets: of the teens some are of age, and nobody knows who of the twenties is 25. */
type GateFigures = Readonly<{
  limitRatio: number;
  childrenPassed: Share;
  teensPassed: Share;
  twentiesStopped: Share;
  olderStopped: Share;
}>;

/** Of the faces whose P(under 18) lies between: the share that is, all teens counted, and the mean of the bounds. */
type BoundFigures = Readonly<{ from: number; to: number; minors: Share; meanBound: number }>;

export type MinorsFigures = Readonly<{ gate: readonly GateFigures[]; bounds: readonly BoundFigures[] }>;

const LIMITS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];
const BINS = [0, 0.05, 0.2, 0.375, 0.6, 1];

/** Null where no net answers the age. */
export function judgeMinors(answers: readonly FaceAnswer[], calibration: PackCalibration | null): MinorsFigures | null {
  const faces = answers.flatMap(({ face, found }) => {
    const age = found?.age == null ? null : ageOf([found.age], calibration);
    if (age === null) return [];
    const look = { seq: 0, face: 0, at: 0, age, gender: null, quality: 1 };
    return [{ fromYears: face.bracket.fromYears, fused: addLook(NO_LOOKS, look, { widthPx: 100, yawDegrees: 0 }) }];
  });
  if (faces.length === 0) return null;
  const judged = faces.map(({ fromYears, fused }) => {
    const belief = fuse(fused);
    const probability = minorProbability(belief.age ?? []);
    return {
      fromYears,
      probability,
      passesAt: (limitRatio: number) => standingOf(fused, belief, { limitRatio }) === 'cleared',
    };
  });
  const gate = LIMITS.map((limitRatio) => {
    const share = (from: number, to: number, passes: boolean) => {
      const theirs = judged.filter(({ fromYears }) => fromYears >= from && fromYears < to);
      return shareOf(theirs.filter(({ passesAt }) => passesAt(limitRatio) === passes).length, theirs.length);
    };
    return {
      limitRatio,
      childrenPassed: share(0, 10, true),
      teensPassed: share(10, 20, true),
      twentiesStopped: share(20, 30, false),
      olderStopped: share(30, 101, false),
    };
  });
  const bounds = BINS.slice(1).map((to, index) => {
    const from = BINS[index] ?? 0;
    const inside = judged.filter(({ probability }) => probability >= from && probability < to);
    const mean = inside.reduce((sum, { probability }) => sum + upperBound(probability, 1), 0) / inside.length;
    return {
      from,
      to,
      minors: shareOf(inside.filter(({ fromYears }) => fromYears < 20).length, inside.length),
      meanBound: mean,
    };
  });
  return { gate, bounds };
}

export function minorsLines(half: string, { gate, bounds }: MinorsFigures): readonly string[] {
  const share = ({ count, of }: Share) => `${count} of ${of}`.padEnd(12);
  return [
    `  the gate for minors on ${half}, one good look: who passes and who is stopped`,
    `    ${['limit', '0-9 pass', '10-19 pass', '20-29 stop', '30+ stop'].map((head) => head.padEnd(12)).join('')}`,
    ...gate.map(
      (one) =>
        `    ${one.limitRatio.toFixed(2).padEnd(12)}${[one.childrenPassed, one.teensPassed, one.twentiesStopped, one.olderStopped].map(share).join('')}`,
    ),
    '  P(under 18), the share labelled below 20, and the mean of the bounds',
    ...bounds.map(
      ({ from, to, minors, meanBound }) =>
        `    ${`${from} to ${to}`.padEnd(16)}${share(minors)}${meanBound.toFixed(2)}`,
    ),
  ];
}
