// What has to be true of the rollups of a disturbed day: whole periods as if undisturbed, broken ones short by little and marked.
import { expect } from 'vitest';
import type { RollupEvent } from '../../../src/contract/event-schemas.ts';
import { DAY_FROM, PERIOD_MS, PLACES } from './day.ts';

export type Rollup = RollupEvent['data'];
/** Times of the day, milliseconds: from the first frame that was not taken to the first that was shown to the next daemon. */
export type Outage = Readonly<{ from: number; to: number }>;

const MINUTE_MS = 60_000;
/** A kill costs what came since the last commit, on the clock of the observations, and the frames on both sides. */
const COMMIT_MS = 15_000;

/** Returns how many minutes were whole. */
export function checkMinutes(got: readonly Rollup[], expected: readonly Rollup[], outages: readonly Outage[]): number {
  const isWhole = got.map(({ partial }) => !partial);
  got.forEach((minute, index) => {
    const undisturbed = expected[index];
    const lostSeconds = lostMs(minute, outages) / 1000;
    if (undisturbed === undefined) throw new Error(`nobody expected ${minute.from}`);
    if (!isWhole[index]) checkBroken(minute, undisturbed, lostSeconds);
    // Who was there when a daemon died is another viewer to the next one, with looks of his own, until he leaves.
    else if (isWhole[index - 1] === false) checkAfterBroken(minute, undisturbed, outages);
    else expect(minute).toEqual(undisturbed);
    if (lostSeconds === 0) expect([minute.from, minute.partial]).toEqual([minute.from, undisturbed.partial]);
  });
  return isWhole.filter(Boolean).length;
}

/** Every longer period is the sum of its minutes, whatever has happened in it. */
export function checkLonger(got: readonly Rollup[]): void {
  const minutes = got.filter(({ period }) => period === '1m');
  for (const longer of got.filter(({ period }) => period !== '1m')) {
    const [from, to] = [Date.parse(longer.from), Date.parse(longer.to)];
    const inside = minutes.filter((minute) => Date.parse(minute.from) >= from && Date.parse(minute.from) < to);
    const sum = (amount: (minute: Rollup) => number | null) =>
      inside.reduce((total, minute) => total + (amount(minute) ?? 0), 0);
    expect(inside).toHaveLength((to - from) / MINUTE_MS);
    expect(longer.partial).toBe(inside.some(({ partial }) => partial));
    expect(longer.uptimeSeconds).toBeCloseTo(sum(({ uptimeSeconds }) => uptimeSeconds));
    expect(longer.personSeconds ?? 0).toBeCloseTo(sum(({ personSeconds }) => personSeconds));
    expect(longer.attentionSeconds ?? 0).toBeCloseTo(sum(({ attentionSeconds }) => attentionSeconds));
    expect(longer.entered ?? 0).toBe(sum(({ entered }) => entered));
    expect(longer.watchers ?? 0).toBe(sum(({ watchers }) => watchers));
  }
}

function checkAfterBroken(got: Rollup, undisturbed: Rollup, outages: readonly Outage[]): void {
  const begins = outages.some(({ to }) => to === Date.parse(got.from) - DAY_FROM);
  if (begins) checkBegun(got, undisturbed);
  else expect(amounts(got)).toEqual(amounts(undisturbed));
  // Who is there when a daemon begins with the minute enters in it once more.
  const enteredAgain = (got.entered ?? 0) - (undisturbed.entered ?? 0);
  expect(enteredAgain).toBeGreaterThanOrEqual(0);
  expect(enteredAgain).toBeLessThanOrEqual(begins ? PLACES : 0);
}

/** Who is gone after the first frame of a daemon is no viewer to it: a viewer needs two frames. */
function checkBegun(got: Rollup, undisturbed: Rollup): void {
  expect(got.uptimeSeconds).toBe(undisturbed.uptimeSeconds);
  const gone = (undisturbed.present ?? 0) - (got.present ?? 0);
  expect(gone).toBeGreaterThanOrEqual(0);
  expect(gone).toBeLessThanOrEqual(PLACES);
  expect((undisturbed.personSeconds ?? 0) - (got.personSeconds ?? 0)).toBeCloseTo((gone * PERIOD_MS) / 1000);
  const unattended = (undisturbed.attentionSeconds ?? 0) - (got.attentionSeconds ?? 0);
  expect(unattended).toBeGreaterThanOrEqual(-0.001);
  expect(unattended).toBeLessThanOrEqual((gone * PERIOD_MS) / 1000 + 0.001);
}

function checkBroken(got: Rollup, undisturbed: Rollup, lostSeconds: number): void {
  const short = undisturbed.uptimeSeconds - got.uptimeSeconds;
  expect(short).toBeGreaterThanOrEqual(-0.001);
  expect(short).toBeLessThanOrEqual(lostSeconds);
  if (got.uptimeSeconds === 0) expect([got.personSeconds, got.present, got.cells]).toEqual([null, null, null]);
  for (const [less, more] of [
    [got.personSeconds, undisturbed.personSeconds],
    [got.attentionSeconds, undisturbed.attentionSeconds],
  ]) {
    expect((more ?? 0) - (less ?? 0)).toBeGreaterThanOrEqual(-0.001);
    expect((more ?? 0) - (less ?? 0)).toBeLessThanOrEqual(PLACES * lostSeconds);
  }
}

/** How much of the minute a kill may have cost. */
function lostMs({ from }: Rollup, outages: readonly Outage[]): number {
  const start = Date.parse(from) - DAY_FROM;
  return outages.reduce((sum, outage) => {
    const lostFrom = Math.max(start, outage.from - COMMIT_MS - 2 * PERIOD_MS);
    const lostTo = Math.min(start + MINUTE_MS, outage.to + PERIOD_MS);
    return sum + Math.max(0, lostTo - lostFrom);
  }, 0);
}

function amounts({ uptimeSeconds, personSeconds, attentionSeconds, present }: Rollup) {
  return { uptimeSeconds, personSeconds, attentionSeconds, present };
}
