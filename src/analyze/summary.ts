// Counts the people found and says in a few lines who they are.
import { counted, durationText } from '../cli/figures.ts';
import type { Person } from './found.ts';

export type Work = Readonly<{ pictures: number; films: number; frames: number; failed: number; elapsedMs: number }>;

/** `people` are faces of pictures and viewers of films. */
export function summaryText(people: readonly Person[], { pictures, films, frames, failed, elapsedMs }: Work): string {
  const looked = [
    ...(pictures > 0 ? [counted(pictures, 'picture', 'pictures')] : []),
    ...(films > 0 ? [`${counted(films, 'film', 'films')} (${counted(frames, 'frame', 'frames')})`] : []),
    ...(failed > 0 ? [`${counted(failed, 'input', 'inputs')} not readable`] : []),
  ];
  const took = elapsedMs < 60_000 ? `${(elapsedMs / 1000).toFixed(1)} s` : durationText(elapsedMs);
  const first = `${[...looked, counted(people.length, 'face', 'faces')].join(', ')} in ${took}`;
  const genders = amounts(people.map(({ gender }) => gender));
  const groups = amounts(people.map(({ group }) => group));
  const years = people.flatMap((person) => person.years ?? []).toSorted((a, b) => a - b);
  const median = years[Math.floor((years.length - 1) / 2)];
  return [
    first,
    ...(genders === null ? [] : [`gender: ${genders}`]),
    ...(groups === null ? [] : [`age group: ${groups}`]),
    ...(median === undefined ? [] : [`age: ${years[0]} to ${years.at(-1)} years, median ${median}`]),
  ].join('\n');
}

/** Most frequent first; null where nothing is known of anybody. */
function amounts(answers: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer ?? UNKNOWN, (counts.get(answer ?? UNKNOWN) ?? 0) + 1);
  if ([...counts.keys()].every((answer) => answer === UNKNOWN)) return null;
  return [...counts]
    .toSorted(([a, x], [b, y]) => Number(a === UNKNOWN) - Number(b === UNKNOWN) || y - x || a.localeCompare(b))
    .map(([answer, count]) => `${answer} ${count}`)
    .join(', ');
}

const UNKNOWN = 'unknown';
