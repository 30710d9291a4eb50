// Builds rollups in words for the tests of the statistics.
import type { Cell, Rollup } from '../../src/audience/rollup.ts';

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type Crowd = Readonly<{ ageGroup?: string; gender?: Cell['gender']; seconds: number; attention?: number }>;

/** A minute in which these people were there; half of their time attending, each entered in it. */
export function minute(from: string | number, ...crowd: readonly Crowd[]): Rollup {
  const start = typeof from === 'string' ? Date.parse(from) : from;
  const cells = crowd.map(({ ageGroup = 'adult', gender = 'male', seconds, attention = seconds / 2 }) => ({
    ageGroup,
    gender,
    personMs: seconds * 1000,
    attentionMs: attention * 1000,
    entered: 1,
    watchers: attention >= 1 ? 1 : 0,
  }));
  const total = (key: 'personMs' | 'attentionMs' | 'entered' | 'watchers') =>
    cells.reduce((sum, cell) => sum + cell[key], 0);
  return {
    period: '1m',
    from: start,
    to: start + MINUTE_MS,
    offsetMs: 0,
    revision: 0,
    partial: false,
    uptimeMs: MINUTE_MS,
    audience: {
      personMs: total('personMs'),
      attentionMs: total('attentionMs'),
      entered: total('entered'),
      watchers: total('watchers'),
      present: cells.length,
      splitByRestart: 0,
      cells,
    },
  };
}

/** Such an hour, observed all the time. */
export function hour(from: string, ...crowd: readonly Crowd[]): Rollup {
  const first = minute(from, ...crowd);
  return { ...first, period: '1h', to: first.from + HOUR_MS, uptimeMs: HOUR_MS };
}

/** A minute in which the camera gave nothing. */
export function blindMinute(from: string): Rollup {
  return { ...minute(from), uptimeMs: 0, audience: null };
}
