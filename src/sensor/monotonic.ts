// Reads the monotonic clock, which is the same in every process of the machine and never steps.

/** Milliseconds with fractions. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
