// Remembers since when something has been seen, and forgives it short absences.

export type Lasting = Readonly<{ since: number; seenAt: number }> | null;

export function lasting(before: Lasting, isThere: boolean, at: number, forgivenMs = 0): Lasting {
  if (isThere) return { since: before?.since ?? at, seenAt: at };
  return before !== null && at - before.seenAt < forgivenMs ? before : null;
}

/** From the first to the last time it was seen; 0 as well when it never was. */
export function lastedMs(seen: Lasting): number {
  return seen === null ? 0 : seen.seenAt - seen.since;
}
