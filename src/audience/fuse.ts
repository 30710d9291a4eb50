// Joins all looks at one face into one belief about age and gender, without taking repeated looks for new evidence.
import type { Look } from '../observation/observation.ts';
import { readAge } from './age.ts';

/** Looks at nearly the same crop: same size, same pose. */
type View = Readonly<{
  widthPx: number;
  yawDegrees: number;
  age: Evidence | null;
  gender: Evidence | null;
}>;

/** Weighted sum of log-probabilities, the sum of the weights, and what is added once however many looks there are. */
type Evidence = Readonly<{ weight: number; logs: readonly number[]; once: readonly number[] }>;

export type Fused = Readonly<{ looks: number; views: readonly View[] }>;

/** Where a look was taken: width of the face in pixels and its yaw. */
export type Pose = Readonly<{ widthPx: number; yawDegrees: number }>;

/** The belief: unnormalized log-probabilities per year, and [female, male] probabilities; null without a look. */
export type Belief = Readonly<{
  age: readonly number[] | null;
  gender: Readonly<{ female: number; male: number }> | null;
}>;

export const NO_LOOKS: Fused = { looks: 0, views: [] };

const SAME_SCALE_FACTOR = 1.3;
const SAME_YAW_DEGREES = 15;
/**
 * Looks at one view repeat the mistakes of the net about this person: together they count as one, which averages what
 * differs between them. Counted as 3, a wrong viewer of the lobby film was sure of it, and fused looks surprised more than
 * single ones (npm run bench:accuracy).
 */
const STRONGEST_VIEW_CAP = 1;
/** The mistakes of a net about one person remain when he turns his head: further views count less. */
const FURTHER_VIEW_CAP = 0.5;
const LEAST_PROBABILITY = 1e-4;
const GENDERS_ONCE = [0, 0];

export function addLook(fused: Fused, look: Look, pose: Pose): Fused {
  const index = fused.views.findIndex((view) => isSameView(view, pose));
  const view = fused.views[index] ?? { ...pose, age: null, gender: null };
  const added: View = { ...view, age: addAge(view.age, look), gender: addGender(view.gender, look) };
  const views = index === -1 ? [...fused.views, added] : fused.views.map((other) => (other === view ? added : other));
  return { looks: fused.looks + 1, views };
}

export function fuse({ views }: Fused): Belief {
  const age = combine(views.flatMap((view) => view.age ?? []));
  const gender = combine(views.flatMap((view) => view.gender ?? []));
  return { age, gender: gender && genderOf(gender) };
}

/** How many looks at the age they are worth: those of one view together count as one at most, as in the belief. */
export function ageLooks({ views }: Fused): number {
  return tempered(views.flatMap((view) => view.age ?? [])).reduce((sum, { counts }) => sum + counts, 0);
}

function isSameView(view: View, pose: Pose): boolean {
  const scale = Math.max(view.widthPx / pose.widthPx, pose.widthPx / view.widthPx);
  return scale < SAME_SCALE_FACTOR && Math.abs(view.yawDegrees - pose.yawDegrees) < SAME_YAW_DEGREES;
}

function addAge(before: Evidence | null, { age, quality }: Look): Evidence | null {
  if (age === null) return before;
  const { evidence, spread } = readAge(age);
  return addEvidence(before, quality, evidence, spread);
}

function addGender(before: Evidence | null, { gender, quality }: Look): Evidence | null {
  if (gender === null) return before;
  return addEvidence(before, quality, [safeLog(gender.female), safeLog(gender.male)], GENDERS_ONCE);
}

function addEvidence(
  before: Evidence | null,
  weight: number,
  logs: readonly number[],
  once: readonly number[],
): Evidence {
  return {
    weight: (before?.weight ?? 0) + weight,
    logs: logs.map((log, index) => (before?.logs[index] ?? 0) + weight * log),
    once,
  };
}

/** The tempered sum: each view's mean log-probability times its capped weight. */
function combine(evidence: readonly Evidence[]): readonly number[] | null {
  const views = tempered(evidence);
  const [strongest] = views;
  if (strongest === undefined) return null;
  const sums = [...strongest.once];
  for (const { weight, logs, counts } of views) {
    logs.forEach((log, index) => {
      sums[index] = (sums[index] ?? 0) + (log * counts) / weight;
    });
  }
  return sums;
}

/** The views, strongest first, each with the weight that it counts for. */
function tempered(evidence: readonly Evidence[]): readonly (Evidence & Readonly<{ counts: number }>)[] {
  return evidence
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map((view, rank) => ({
      ...view,
      counts: Math.min(view.weight, rank === 0 ? STRONGEST_VIEW_CAP : FURTHER_VIEW_CAP),
    }));
}

function genderOf([female = 0, male = 0]: readonly number[]): { female: number; male: number } {
  const share = 1 / (1 + Math.exp(male - female));
  return { female: share, male: 1 - share };
}

function safeLog(probability: number): number {
  return Math.log(Math.max(probability, LEAST_PROBABILITY));
}
