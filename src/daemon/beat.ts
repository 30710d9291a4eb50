// How often states are repeated, so that players know that they still hold.

/** Thrice in the time for which a player believes a state: it survives that one of them is lost, and one is late. */
export function beatMs(ttlMs: number): number {
  return Math.floor(ttlMs / 3);
}
