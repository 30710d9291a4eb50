// Which face deserves a look now: the new, the larger and the uncertain ones, within the budgets.
import { describe, expect, it } from 'vitest';
import { addLook } from '../../src/audience/fuse.ts';
import { isSettled, type Looking, lookUrgency, NOT_LOOKED } from '../../src/audience/looks.ts';
import type { Look } from '../../src/observation/observation.ts';
import { lookAt } from '../support/look-at.ts';
import { LOOK_OPTIONS } from '../support/measure-audience.ts';

const SURE = { age: { kind: 'normal', meanYears: 42, sdYears: 3 }, gender: { female: 0.02, male: 0.98 } } as const;
const UNSURE = { age: SURE.age, gender: { female: 0.5, male: 0.5 } } as const;
const { intervalMs, maxPerTrack } = LOOK_OPTIONS;

describe('a look', () => {
  it('is due at once for a new face, and before all others', () => {
    const growing = lookUrgency(lookedAt([UNSURE]), poseOf(200), 5000, LOOK_OPTIONS) ?? 0;
    expect(lookUrgency(NOT_LOOKED, poseOf(60), 0, LOOK_OPTIONS)).toBeGreaterThan(growing);
  });

  it('is not due for a settled face', () => {
    expect(lookUrgency(lookedAt([SURE, SURE]), poseOf(60), 60_000, LOOK_OPTIONS)).toBeNull();
  });

  it('is due again for an uncertain face, after a pause that doubles', () => {
    const due = (looks: number, waitedMs: number) =>
      lookUrgency(lookedAt(Array.from({ length: looks }, () => UNSURE)), poseOf(60), waitedMs, LOOK_OPTIONS) !== null;
    expect([due(1, intervalMs - 1), due(1, intervalMs)]).toEqual([false, true]);
    expect([due(3, 4 * intervalMs - 1), due(3, 4 * intervalMs)]).toEqual([false, true]);
  });

  it('is due for a face that has grown, settled or not, but not sooner than the pause', () => {
    const settled = lookedAt([SURE, SURE]);
    expect(lookUrgency(settled, poseOf(90), intervalMs, LOOK_OPTIONS)).not.toBeNull();
    expect(lookUrgency(settled, poseOf(90), intervalMs - 1, LOOK_OPTIONS)).toBeNull();
  });

  it('leaves part of the budget for when the face comes closer, and never exceeds it', () => {
    const often = (looks: number) => lookedAt(Array.from({ length: looks }, () => UNSURE));
    const sparing = Math.ceil(maxPerTrack * 0.75);
    expect(lookUrgency(often(sparing), poseOf(60), 1e9, LOOK_OPTIONS)).toBeNull();
    expect(lookUrgency(often(sparing), poseOf(90), 1e9, LOOK_OPTIONS)).not.toBeNull();
    expect(lookUrgency(often(maxPerTrack), poseOf(300), 1e9, LOOK_OPTIONS)).toBeNull();
  });
});

describe('a belief', () => {
  it('is settled when it is sure of what the nets tell', () => {
    const noAge = { ...SURE, age: null };
    expect(isSettled(lookedAt([SURE]).fused, LOOK_OPTIONS)).toBe(true);
    expect(isSettled(lookedAt([UNSURE]).fused, LOOK_OPTIONS)).toBe(false);
    expect(isSettled(lookedAt([noAge]).fused, LOOK_OPTIONS)).toBe(true);
  });
});

/** Looked at from 60 px at instant 0. */
function lookedAt(looks: readonly Partial<Look>[]): Looking {
  const fused = looks.reduce((so, look) => addLook(so, lookAt(look), poseOf(60)), NOT_LOOKED.fused);
  return { fused, lastAt: 0, bestWidthPx: 60, settled: isSettled(fused, LOOK_OPTIONS) };
}

function poseOf(widthPx: number) {
  return { widthPx, yawDegrees: 0 };
}
