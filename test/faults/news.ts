// How long a consumer went on believing what one daemon told.
import type { Belief } from './reference-consumer.ts';

/** Monotonic instant at which there first was no news of this session, at `since` at the earliest. */
export function endOfNews(beliefs: readonly Belief[], session: string, since: number): number {
  return (
    beliefs
      // Another daemon may begin in the millisecond in which this one is not believed any more.
      .filter((belief) => belief.isNews && belief.session === session)
      .sort((one, other) => one.from - other.from)
      .reduce((end, { from, until }) => (from <= end ? Math.max(end, until) : end), since)
  );
}
