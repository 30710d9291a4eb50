// The error for a scenario that is not there: it says which ones there are.

export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** EX_NOINPUT of sysexits.h. */
  readonly exitCode = 66;
}
