// The sorts of viewers that conditions can tell apart, with one viewer of each: whoever may come is like one of them.
import type { SeenViewer } from '../audience/audience-now.ts';
import { isOf, isWho } from './judge.ts';
import type { AudienceCondition, Who } from './rules.ts';

/** Who may come at all. */
export type World = Readonly<{
  /** Age groups that a viewer of age may be in. */
  ages: readonly string[];
  /** Age groups whose members all may be minors. */
  keptOut: readonly string[];
  /** Whether there is a gate for minors. */
  hasMinors: boolean;
  /** Attention that makes a viewer a watcher. */
  watcherMs: number;
}>;

type Times = Readonly<{ dwellMs: number; attentionMs: number }>;

export function sortsOf(conditions: readonly AudienceCondition[], world: World): readonly SeenViewer[] {
  const sorts = new Map<string, SeenViewer>();
  for (const viewer of everybody(conditions.flatMap(whosOf), world)) {
    const traits = conditions.flatMap((condition) => [
      isOf(viewer, condition.of),
      ...whosOf(condition).map((who) => isWho(viewer, who)),
    ]);
    const sort = [viewer.mayBeMinor, ...traits].map(Number).join('');
    if (!sorts.has(sort)) sorts.set(sort, viewer);
  }
  return [...sorts.values()];
}

function whosOf(condition: AudienceCondition): readonly Who[] {
  return condition.kind === 'asManyAs' ? [condition.one, condition.other] : [condition.who];
}

function* everybody(whos: readonly Who[], { ages, hasMinors, watcherMs }: World): Generator<SeenViewer> {
  const named = ages.filter((age) => whos.some(({ ageGroups }) => ageGroups?.includes(age)));
  for (const times of timesOf(whos, watcherMs)) {
    const watcher = times.attentionMs >= watcherMs;
    for (const attending of [false, true]) {
      for (const mayBeMinor of hasMinors ? [false, true] : [false]) {
        for (const gender of mayBeMinor ? [null] : ([null, 'female', 'male'] as const)) {
          for (const age of mayBeMinor ? [null] : [null, ...named]) {
            yield { viewer: viewerOf(gender, age, times), attending, watcher, mayBeMinor };
          }
        }
      }
    }
  }
}

/**
 * Dwell and attention on every side of every limit: a limit is a line in their plane, and each cell that the lines leave holds
 * one of these points (a cylindrical decomposition: first the dwells at which lines cross, then the lines above each).
 */
function timesOf(whos: readonly Who[], watcherMs: number): readonly Times[] {
  const given = (limit: 'dwellMs' | 'attentionMs' | 'attentionRatio') => whos.flatMap((who) => who[limit] ?? []);
  const attentions = [watcherMs, ...given('attentionMs')];
  const ratios = given('attentionRatio');
  const crossings = attentions.flatMap((limit) => ratios.map((ratio) => limit / ratio).filter(Number.isFinite));
  const corners = [0, ...given('dwellMs'), ...attentions, ...crossings];
  return pointsAmong([...corners, Math.max(...corners) + BEYOND_MS]).flatMap((dwellMs) => {
    const lines = [0, dwellMs, ...attentions, ...ratios.map((ratio) => ratio * dwellMs)];
    return pointsAmong(lines.filter((attentionMs) => attentionMs <= dwellMs)).map((attentionMs) => ({
      dwellMs,
      attentionMs,
    }));
  });
}

/** Any length does: beyond the last corner no limit is left to tell one dwell from another. */
const BEYOND_MS = 1000;

/** The corners and a point between each two. */
function pointsAmong(corners: readonly number[]): readonly number[] {
  const sorted = [...new Set(corners)].sort((a, b) => a - b);
  return sorted.flatMap((corner, index) => {
    const next = sorted[index + 1];
    return next === undefined ? [corner] : [corner, (corner + next) / 2];
  });
}

function viewerOf(gender: 'female' | 'male' | null, age: string | null, times: Times): SeenViewer['viewer'] {
  return {
    ...{ id: '', enteredAt: 0, leftAt: null, glances: 0 },
    ...times,
    age: age === null ? null : { group: age, probability: 1, medianYears: 0, minorProbability: 0 },
    gender: gender === null ? null : { gender, probability: 1 },
  };
}
