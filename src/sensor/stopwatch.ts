// Times the stages of the work on one frame.

/** Each call returns the milliseconds since the one before it, the first since `startedAt`. */
export function stopwatch(now: () => number, startedAt: number): () => number {
  let last = startedAt;
  return () => {
    const at = now();
    const elapsed = at - last;
    last = at;
    return elapsed;
  };
}
